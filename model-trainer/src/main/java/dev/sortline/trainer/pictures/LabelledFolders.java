// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.pictures;

import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Pictures in class folders: {@code DIR/<label>/<picture>}, from one DIR or several. Hidden files are left alone, deeper folders too.
 *
 * <p>The order is that of the folders given, then of the labels, then of the files' names: the same on every machine.
 */
public final class LabelledFolders {
    private final Map<Path, List<LabelledPicture>> byFolder;

    private LabelledFolders(Map<Path, List<LabelledPicture>> byFolder) {
        this.byFolder = byFolder;
    }

    /**
     * Lists the pictures without opening them.
     *
     * @param folders one or more
     * @throws TrainingInputException if a folder is missing, or holds no class folder with a file in it
     */
    public static LabelledFolders list(List<Path> folders) {
        Map<Path, List<LabelledPicture>> byFolder = new LinkedHashMap<>();
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                throw new TrainingInputException(
                        "no folder at %s: give one that holds a folder of images for each label".formatted(folder));
            }
            List<LabelledPicture> pictures = new ArrayList<>();
            for (Path label : children(folder)) {
                if (Files.isDirectory(label)) {
                    for (Path file : children(label)) {
                        if (Files.isRegularFile(file)) {
                            pictures.add(new LabelledPicture(file, nameOf(label)));
                        }
                    }
                }
            }
            if (pictures.isEmpty()) {
                throw new TrainingInputException(
                        "no images in %s: it must hold a folder for each label, with the images inside"
                                .formatted(folder));
            }
            byFolder.put(folder, List.copyOf(pictures));
        }
        return new LabelledFolders(byFolder);
    }

    /** These folders without the pictures of other labels. */
    public LabelledFolders only(Collection<String> labels) {
        Map<Path, List<LabelledPicture>> kept = new LinkedHashMap<>();
        byFolder.forEach((folder, pictures) -> kept.put(
                folder,
                pictures.stream()
                        .filter(picture -> labels.contains(picture.label()))
                        .toList()));
        return new LabelledFolders(kept);
    }

    /** All pictures of all folders. */
    public List<LabelledPicture> pictures() {
        return byFolder.values().stream().flatMap(List::stream).toList();
    }

    /** The labels of all folders, sorted. */
    public SortedSet<String> labels() {
        SortedSet<String> labels = new TreeSet<>();
        pictures().forEach(picture -> labels.add(picture.label()));
        return labels;
    }

    /** How many pictures each folder has of each label. */
    public Map<Path, Map<String, Integer>> counts() {
        Map<Path, Map<String, Integer>> counts = new LinkedHashMap<>();
        byFolder.forEach((folder, pictures) -> {
            Map<String, Integer> ofFolder = new TreeMap<>();
            pictures.forEach(picture -> ofFolder.merge(picture.label(), 1, Integer::sum));
            counts.put(folder, ofFolder);
        });
        return counts;
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> !nameOf(child).startsWith("."))
                    .sorted(Comparator.comparing(LabelledFolders::nameOf))
                    .toList();
        } catch (IOException e) {
            throw new TrainingInputException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    private static String nameOf(Path path) {
        return path.getFileName().toString();
    }
}
