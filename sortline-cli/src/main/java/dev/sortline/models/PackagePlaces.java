// SPDX-License-Identifier: Apache-2.0
package dev.sortline.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of the lines' model and the one kept beside it, with {@code .previous} behind its name. Packages change places by renaming, so
 * that whoever looks finds a whole one, or none for a moment, but never half of one. Where the folder is a symbolic link, the link is renamed.
 */
public final class PackagePlaces {
    private final Path model;

    /** @param model the folder that the line file names */
    public PackagePlaces(Path model) {
        this.model = model.toAbsolutePath().normalize();
    }

    /** Where the package before this one is kept. */
    public Path previous() {
        return beside("", ".previous");
    }

    /**
     * Puts a copy of another package in the model's place, and keeps the one that is there as {@link #previous}; what was kept before that is
     * deleted.
     *
     * @param other its folder, or a link to it; stays as it is
     * @throws IOException when it cannot be copied or moved; then the model is where it was
     */
    public void replaceBy(Path other) throws IOException {
        Path next = beside(".", ".next");
        delete(next);
        copy(other.toRealPath(), next);
        Path dropped = beside(".", ".dropped");
        delete(dropped);
        if (exists(previous())) {
            Files.move(previous(), dropped);
        }
        Files.move(model, previous());
        try {
            Files.move(next, model);
        } catch (IOException e) {
            Files.move(previous(), model);
            throw e;
        }
        delete(dropped);
    }

    /**
     * Puts the package that is kept in the model's place, and keeps the one that was there: done twice it is as before.
     *
     * @throws NoSuchFileException when none is kept
     * @throws IOException when they cannot be moved; then the model is where it was
     */
    public void takeBack() throws IOException {
        if (!exists(previous())) {
            throw new NoSuchFileException(previous().toString());
        }
        Path aside = beside(".", ".aside");
        delete(aside);
        boolean there = exists(model);
        if (there) {
            Files.move(model, aside);
        }
        try {
            Files.move(previous(), model);
        } catch (IOException e) {
            if (there) {
                Files.move(aside, model);
            }
            throw e;
        }
        if (there) {
            Files.move(aside, previous());
        }
    }

    private Path beside(String before, String after) {
        return model.resolveSibling(before + model.getFileName() + after);
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> all = all(from, FileVisitOption.FOLLOW_LINKS);
        for (Path each : all) {
            Path target = to.resolve(from.relativize(each).toString());
            if (Files.isDirectory(each)) {
                Files.createDirectories(target);
            } else {
                Files.copy(each, target);
            }
        }
    }

    private static void delete(Path place) throws IOException {
        if (exists(place)) {
            for (Path each :
                    all(place).stream().sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static List<Path> all(Path place, FileVisitOption... options) throws IOException {
        try (Stream<Path> all = Files.walk(place, options)) {
            return all.sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
