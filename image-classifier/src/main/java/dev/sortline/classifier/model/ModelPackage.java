// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.model;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A model on disk, checked: a folder with a TensorFlow SavedModel ({@code saved_model.pb}, and {@code variables/} where it has some),
 * {@code model.json} ({@link ModelManifest}), {@code labels.txt} (a label a line, in the order of the network's output) and, for people,
 * {@code MODEL_CARD.md}. It may have the same network for other engines ({@code network.onnx}, {@code network.tflite}, and in int8 {@code network-int8.onnx} and
 * {@code network-int8.tflite}), and a folder {@code check} of a few pictures: before the network is run in another way than it was
 * trained, its answers on them are compared.
 */
public final class ModelPackage {
    /** The label of a belt with nothing on it; a model need not know it. */
    public static final String EMPTY_LABEL = "empty";

    public static final String SAVED_MODEL_FILE = "saved_model.pb";
    /** The same network in float32, as ONNX. */
    public static final String ONNX_FILE = "network.onnx";
    /** The same network with weights and activations of eight bits, as ONNX. */
    public static final String INT8_FILE = "network-int8.onnx";
    /** The same network in float32, for TensorFlow Lite. */
    public static final String TFLITE_FILE = "network.tflite";
    /** The same network with weights and activations of eight bits, for TensorFlow Lite. */
    public static final String TFLITE_INT8_FILE = "network-int8.tflite";
    /** The network in its other forms, each of which may be there, in the order of the digest. */
    public static final List<String> OTHER_FORMS = List.of(ONNX_FILE, INT8_FILE, TFLITE_FILE, TFLITE_INT8_FILE);

    public static final String MANIFEST_FILE = "model.json";
    public static final String LABELS_FILE = "labels.txt";
    public static final String CARD_FILE = "MODEL_CARD.md";
    /** Pictures, JPEG or PNG, that the model is sure of; a few of each label are enough. */
    public static final String CHECK_FOLDER = "check";
    /** Figures of the card for programs, a JSON file for each folder of pictures. */
    public static final String EVALUATIONS_FOLDER = "evaluations";

    private final Path folder;
    private final ModelManifest manifest;
    private final List<String> labels;

    private ModelPackage(Path folder, ModelManifest manifest, List<String> labels) {
        this.folder = folder;
        this.manifest = manifest;
        this.labels = labels;
    }

    /**
     * Reads a package and checks all that can be checked without TensorFlow: that nothing is missing, that the manifest and the labels make
     * sense, and that the digest fits the files.
     *
     * @throws ModelPackageException says which file is wrong and what to do
     */
    public static ModelPackage load(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ModelPackageException("no model package at %s: it must be a folder with %s, %s and %s"
                    .formatted(folder, SAVED_MODEL_FILE, MANIFEST_FILE, LABELS_FILE));
        }
        ModelManifest manifest = readManifest(folder.resolve(MANIFEST_FILE));
        List<String> labels = readLabels(folder.resolve(LABELS_FILE));
        String digest;
        try {
            digest = digestOf(folder);
        } catch (NoSuchFileException e) {
            throw new ModelPackageException(
                    e.getFile() + " is missing: export the SavedModel into the package again", e);
        } catch (IOException e) {
            throw new ModelPackageException("cannot read the model package " + folder + ": " + e.getMessage(), e);
        }
        if (!digest.equals(manifest.digest())) {
            throw new ModelPackageException(
                    "%s does not belong to its files: they have digest %s, it says %s; copy the whole package again"
                            .formatted(folder.resolve(MANIFEST_FILE), digest, manifest.digest()));
        }
        return new ModelPackage(folder, manifest, labels);
    }

    /**
     * The digest over the labels and the network in all its forms: SHA-256 of the listing that {@code sha256sum labels.txt saved_model.pb} prints in the
     * folder, followed by the files under {@code variables/}, if any, in the order of their names, and by {@code network.onnx},
     * {@code network-int8.onnx}, {@code network.tflite} and {@code network-int8.tflite} where they are.
     *
     * @return {@code sha256:} and 64 hex digits
     * @throws NoSuchFileException if one of the two files is missing
     */
    public static String digestOf(Path folder) throws IOException {
        List<String> files = new ArrayList<>(List.of(LABELS_FILE, SAVED_MODEL_FILE));
        Path variables = folder.resolve("variables");
        if (Files.isDirectory(variables)) {
            try (Stream<Path> inside = Files.list(variables)) {
                inside.filter(Files::isRegularFile)
                        .map(file -> "variables/" + file.getFileName())
                        .sorted()
                        .forEach(files::add);
            }
        }
        for (String file : OTHER_FORMS) {
            if (Files.exists(folder.resolve(file))) {
                files.add(file);
            }
        }
        StringBuilder listing = new StringBuilder();
        for (String file : files) {
            listing.append(Sha256.of(folder.resolve(file)))
                    .append("  ")
                    .append(file)
                    .append('\n');
        }
        return "sha256:" + Sha256.of(listing.toString().getBytes(StandardCharsets.UTF_8));
    }

    public Path folder() {
        return folder;
    }

    public ModelManifest manifest() {
        return manifest;
    }

    /** In the order of the network's output; at least two, no two alike. */
    public List<String> labels() {
        return labels;
    }

    /** A file of the package, where it has it, such as {@value #ONNX_FILE}. */
    public Optional<Path> file(String name) {
        return Optional.of(folder.resolve(name)).filter(Files::isRegularFile);
    }

    /** The files in the folder {@value #CHECK_FOLDER}, by name; none where there is no such folder. */
    public List<Path> checkPictures() throws IOException {
        Path checks = folder.resolve(CHECK_FOLDER);
        if (!Files.isDirectory(checks)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(checks)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    public String name() {
        return manifest.name();
    }

    public String version() {
        return manifest.version();
    }

    @Override
    public String toString() {
        return name() + " " + version();
    }

    private static ModelManifest readManifest(Path file) {
        try {
            return ModelManifest.fromJson(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new ModelPackageException(
                    file
                            + " is missing: it must hold name, version, inputSize, scaling, output, temperature and"
                            + " digest",
                    e);
        } catch (IOException e) {
            throw new ModelPackageException("cannot read " + file + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new ModelPackageException(file + ": " + e.getMessage(), e);
        }
    }

    private static List<String> readLabels(Path file) {
        List<String> labels;
        try {
            labels = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new ModelPackageException(
                    file + " is missing: it must hold a label a line, in the order of the network's output", e);
        } catch (CharacterCodingException e) {
            throw new ModelPackageException(file + " is not UTF-8 text: save it as UTF-8", e);
        } catch (IOException e) {
            throw new ModelPackageException("cannot read " + file + ": " + e.getMessage(), e);
        }
        requireLabels(file, labels);
        return List.copyOf(labels);
    }

    /**
     * Checks labels before there is a package to put them into: at least two, none blank, none with blanks around it, no two alike.
     *
     * @param file where they come from, a label a line
     * @throws ModelPackageException names the file and the line at fault
     */
    public static void requireLabels(Path file, List<String> labels) {
        if (labels.size() < 2) {
            throw new ModelPackageException("%s has %d labels, at least 2 are needed".formatted(file, labels.size()));
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < labels.size(); i++) {
            String label = labels.get(i);
            if (label.isBlank() || !label.equals(label.strip())) {
                throw new ModelPackageException("%s, line %d: '%s' is no label; a line holds one label and nothing else"
                        .formatted(file, i + 1, label));
            }
            if (!seen.add(label)) {
                throw new ModelPackageException("%s, line %d: '%s' is there twice".formatted(file, i + 1, label));
            }
        }
    }
}
