// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sortline.trouble.TroubleLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The folder of a model package, read anew at each question: an evaluation that is added shows up. What is missing, damaged or longer than
 * {@value #MOST_BYTES} bytes is taken as not there. Safe for use by several threads.
 */
public final class ModelFolder {
    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(ModelFolder.class));
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_BYTES = 4 << 20;
    private static final int MOST_EVALUATIONS = 50;

    private final Path folder;

    public ModelFolder(Path folder) {
        this.folder = folder;
    }

    /** What {@code model.json} and {@code labels.txt} say. */
    public ModelFacts facts() {
        JsonNode manifest = read(folder.resolve("model.json"))
                .flatMap(text -> tree(folder.resolve("model.json"), text))
                .orElse(JSON.createObjectNode());
        List<String> labels = read(folder.resolve("labels.txt"))
                .map(text -> text.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList())
                .orElse(List.of());
        JsonNode inputSize = manifest.path("inputSize");
        return new ModelFacts(
                text(manifest.path("name")),
                text(manifest.path("version")),
                inputSize.canConvertToInt() ? inputSize.asInt() : null,
                labels);
    }

    /** What the files in {@code evaluations} say, by their names. */
    public List<Evaluation> evaluations() {
        List<Evaluation> evaluations = new ArrayList<>();
        for (Path file : evaluationFiles()) {
            read(file).flatMap(text -> evaluation(file, text)).ifPresent(evaluations::add);
        }
        return evaluations;
    }

    /** The model card, as Markdown. */
    public Optional<String> card() {
        return read(folder.resolve("MODEL_CARD.md"));
    }

    private List<Path> evaluationFiles() {
        Path evaluations = folder.resolve("evaluations");
        if (!Files.isDirectory(evaluations)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(evaluations)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .limit(MOST_EVALUATIONS)
                    .toList();
        } catch (IOException e) {
            leftOut(evaluations, e.toString());
            return List.of();
        }
    }

    private static Optional<String> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream bytes = Files.newInputStream(file)) {
            byte[] read = bytes.readNBytes(MOST_BYTES + 1);
            if (read.length <= MOST_BYTES) {
                return Optional.of(new String(read, StandardCharsets.UTF_8));
            }
            leftOut(file, "it is longer than " + MOST_BYTES + " bytes");
        } catch (IOException e) {
            leftOut(file, e.toString());
        }
        return Optional.empty();
    }

    private static Optional<JsonNode> tree(Path file, String text) {
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            leftOut(file, e.getOriginalMessage());
            return Optional.empty();
        }
    }

    private static Optional<Evaluation> evaluation(Path file, String text) {
        try {
            return Optional.ofNullable(JSON.readValue(text, Evaluation.class));
        } catch (JsonProcessingException e) {
            leftOut(file, e.getOriginalMessage());
            return Optional.empty();
        }
    }

    private static void leftOut(Path file, String why) {
        TROUBLE.warn(file.toString(), file + " is left out: " + why);
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : null;
    }
}
