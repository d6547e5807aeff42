// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.packages;

import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A place for a model package that is whole or not there: it is built in a folder beside the place and moved when it is complete. A package
 * that is there already is replaced; anything else, and a package with files of others in it, is left alone. A process that is told to stop
 * leaves no half of it.
 */
public final class PackageFolder {
    private static final Set<String> OF_A_PACKAGE = Set.of(
            ModelPackage.SAVED_MODEL_FILE,
            ModelPackage.ONNX_FILE,
            ModelPackage.INT8_FILE,
            ModelPackage.TFLITE_FILE,
            ModelPackage.TFLITE_INT8_FILE,
            NetworkFiles.VARIABLES,
            ModelPackage.MANIFEST_FILE,
            ModelPackage.LABELS_FILE,
            ModelPackage.CARD_FILE,
            ModelPackage.CHECK_FOLDER,
            ModelPackage.EVALUATIONS_FOLDER);

    private final Path target;
    /** Held while folders change places, so that a stop comes before or after. */
    private final Object moving = new Object();

    /** @throws TrainingInputException if the place is taken by something that is no model package, or cannot be written to */
    public PackageFolder(Path target) {
        this.target = target.toAbsolutePath().normalize();
        requireReplaceable();
    }

    /** Fills a new folder and puts it in place; on any failure the place is as before. */
    public void write(Content content) throws IOException {
        Path parent = parent();
        Files.createDirectories(parent);
        Path building = Files.createTempDirectory(parent, "." + target.getFileName() + ".new-");
        Thread cleaning = new Thread(() -> cleanUp(building), "package-clean-up");
        Runtime.getRuntime().addShutdownHook(cleaning);
        try {
            content.writeTo(building);
            readableByAll(building);
            synchronized (moving) {
                putInPlace(building);
            }
        } finally {
            delete(building);
            forget(cleaning);
        }
    }

    /** When the process is told to stop in the middle: whoever writes goes on until it ends, so once may not be enough. */
    private void cleanUp(Path building) {
        synchronized (moving) {
            for (int tries = 0; tries < 50 && Files.exists(building); tries++) {
                try {
                    delete(building);
                } catch (UncheckedIOException e) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    private static void forget(Thread cleaning) {
        try {
            Runtime.getRuntime().removeShutdownHook(cleaning);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook has run.
        }
    }

    /** Writes the package's files. */
    @FunctionalInterface
    public interface Content {
        void writeTo(Path folder) throws IOException;
    }

    private void putInPlace(Path building) throws IOException {
        requireReplaceable();
        if (!Files.exists(target)) {
            Files.move(building, target);
            return;
        }
        Path old = Files.createTempDirectory(parent(), "." + target.getFileName() + ".old-");
        Path aside = old.resolve("package");
        Files.move(target, aside);
        try {
            Files.move(building, target);
        } catch (IOException e) {
            Files.move(aside, target);
            throw e;
        } finally {
            delete(old);
        }
    }

    private Path parent() {
        Path parent = target.getParent();
        if (parent == null) {
            throw new TrainingInputException(target + " is no place for a package: give a folder's name");
        }
        return parent;
    }

    /** Temporary folders are for their owner alone; a package is not. */
    private static void readableByAll(Path folder) throws IOException {
        // The file's store would know, too, but is not found where the root folder is another than the mount table's.
        PosixFileAttributeView permissions = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (permissions != null) {
            permissions.setPermissions(PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** Only what the trainer writes itself: a folder of another tool may have a {@code model.json}, too, and a package other files. */
    private static Optional<String> objection(Path folder) {
        if (!Files.exists(folder)) {
            return Optional.empty();
        }
        if (!Files.isDirectory(folder)) {
            return Optional.of("is no folder");
        }
        List<String> names;
        try (Stream<Path> children = Files.list(folder)) {
            names = children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new TrainingInputException("cannot list " + folder + ": " + e.getMessage(), e);
        }
        if (names.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> stranger =
                names.stream().filter(name -> !OF_A_PACKAGE.contains(name)).findFirst();
        if (stranger.isPresent()) {
            return Optional.of("holds " + stranger.get());
        }
        try {
            ModelManifest.fromJson(Files.readString(folder.resolve(ModelPackage.MANIFEST_FILE)));
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of("has no %s of a model package".formatted(ModelPackage.MANIFEST_FILE));
        }
    }

    private void requireReplaceable() {
        Optional<String> objection = objection(target);
        if (objection.isPresent()) {
            throw new TrainingInputException(
                    "%s exists and is no model package, for it %s: choose another place for the package"
                            .formatted(target, objection.get()));
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> inside = Files.walk(folder)) {
            deepestFirst = inside.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }
}
