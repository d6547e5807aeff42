// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.network;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.Sha256;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The weights that training starts from: a model package's, or those in a folder with {@code manifest.tsv} (columns {@code tensor},
 * {@code shape} as in {@code 3x3x32x1}, {@code sha256} of the file) and a {@code .npy} file a tensor. All of them are read and checked at
 * once.
 */
public final class PretrainedWeights {
    private static final String MANIFEST = "manifest.tsv";

    private final Path folder;
    private final Map<String, NpyArray> tensors;

    private PretrainedWeights(Path folder, Map<String, NpyArray> tensors) {
        this.folder = folder;
        this.tensors = tensors;
    }

    /**
     * Reads a folder of weights, or the constants of a model package that was trained here.
     *
     * @throws TrainingInputException if it is neither, or one of its files, a shape or a checksum is not as it should be
     */
    public static PretrainedWeights read(Path folder) {
        if (Files.isRegularFile(folder.resolve(MANIFEST))) {
            return readFolder(folder, folder.resolve(MANIFEST));
        }
        if (Files.isRegularFile(folder.resolve(ModelPackage.MANIFEST_FILE))) {
            return new PretrainedWeights(folder, FrozenModel.weights(folder));
        }
        throw new TrainingInputException(
                "no weights at %s: it must be a folder with %s and its .npy files, or a model package trained by this command"
                        .formatted(folder, MANIFEST));
    }

    private static PretrainedWeights readFolder(Path folder, Path manifest) {
        Map<String, NpyArray> tensors = new LinkedHashMap<>();
        try {
            List<String> lines = Files.readAllLines(manifest);
            for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
                String[] columns = line.split("\t", -1);
                if (columns.length != 3) {
                    throw new TrainingInputException(
                            "%s: '%s' is not tensor, shape and sha256 with tabs between".formatted(manifest, line));
                }
                tensors.put(columns[0], tensor(folder.resolve(columns[0] + ".npy"), columns[1], columns[2]));
            }
        } catch (IOException e) {
            throw new TrainingInputException("cannot read " + manifest + ": " + e.getMessage(), e);
        }
        return new PretrainedWeights(folder, tensors);
    }

    /** @throws TrainingInputException if the folder has no such tensor */
    NpyArray tensor(String name) {
        NpyArray tensor = tensors.get(name);
        if (tensor == null) {
            throw new TrainingInputException("%s lacks the tensor %s".formatted(folder, name));
        }
        return tensor;
    }

    boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** How many tensors have a name of this form, a regular expression. */
    int count(String form) {
        return (int)
                tensors.keySet().stream().filter(name -> name.matches(form)).count();
    }

    /** The folder's own name, which says what the weights are. */
    String name() {
        @Nullable Path last = folder.toAbsolutePath().normalize().getFileName();
        return last == null ? folder.toString() : last.toString();
    }

    private static NpyArray tensor(Path file, String shape, String sha256) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new TrainingInputException(file + " is missing: copy the folder of weights again");
        }
        byte[] bytes = Files.readAllBytes(file);
        if (!Sha256.of(bytes).equals(sha256)) {
            throw new TrainingInputException(
                    file + " is damaged (its sha256 is another): copy the folder of weights again");
        }
        NpyArray array;
        try {
            array = NpyArray.read(bytes);
        } catch (IllegalArgumentException e) {
            throw new TrainingInputException(file + " " + e.getMessage(), e);
        }
        String has = Arrays.stream(array.shape()).mapToObj(Long::toString).collect(Collectors.joining("x"));
        if (!has.equals(shape)) {
            throw new TrainingInputException("%s has shape %s, the manifest says %s".formatted(file, has, shape));
        }
        return array;
    }
}
