// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.imports;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Labels as people and other tools write them: a label a line, blanks around it, blank lines at the end, with or without an index. */
final class LabelFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private LabelFile() {}

    /**
     * Reads labels in the order of the file. If every line begins with its index, counted from 0, and a blank, as Teachable Machine
     * writes them, the indices are taken off; otherwise numbers belong to their labels.
     *
     * @throws TrainingInputException if the file cannot be read as text
     * @throws dev.sortline.classifier.model.ModelPackageException if its lines are no labels; names the line
     */
    static List<String> read(Path file) {
        List<String> labels = new ArrayList<>();
        try {
            Files.readAllLines(file)
                    .forEach(
                            line -> labels.add(line.replace(BYTE_ORDER_MARK, "").strip()));
        } catch (NoSuchFileException e) {
            throw new TrainingInputException(
                    "no labels at %s: give a text file with a label a line, in the order of the network's output"
                            .formatted(file),
                    e);
        } catch (CharacterCodingException e) {
            throw new TrainingInputException(file + " is not UTF-8 text: save it as UTF-8", e);
        } catch (IOException e) {
            throw new TrainingInputException("cannot read the labels: " + e, e);
        }
        while (!labels.isEmpty() && labels.get(labels.size() - 1).isEmpty()) {
            labels.remove(labels.size() - 1);
        }
        List<String> named = withoutIndices(labels);
        ModelPackage.requireLabels(file, named);
        return named;
    }

    private static List<String> withoutIndices(List<String> lines) {
        List<String> labels = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.split("\\s+", 2);
            if (parts.length < 2 || !parts[0].equals(String.valueOf(labels.size()))) {
                return List.copyOf(lines);
            }
            labels.add(parts[1]);
        }
        return List.copyOf(labels);
    }
}
