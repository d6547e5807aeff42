// SPDX-License-Identifier: Apache-2.0
package dev.sortline.models;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a model package that have a say in what is decided: all that are there, but what {@code sortline evaluate} writes for people
 * ({@value ModelPackage#CARD_FILE}, {@code evaluations}), and the signature itself. A file that TensorFlow might read one day must not come
 * in unsigned, so nothing else is left out.
 */
final class PackageFiles {
    /** The signature's file, beside the manifest. */
    static final String SIGNATURE = "signature";

    private static final String EVALUATIONS = "evaluations/";

    private PackageFiles() {}

    /**
     * SHA-256 of the listing that {@code sha256sum} prints of the files, in the order of their names.
     *
     * @return {@code sha256:} and 64 hex digits
     */
    static String digestOf(Path folder) throws IOException {
        StringBuilder listing = new StringBuilder();
        for (var file : deciding(folder).entrySet()) {
            listing.append(Sha256.of(file.getValue()))
                    .append("  ")
                    .append(file.getKey())
                    .append('\n');
        }
        return "sha256:" + Sha256.of(listing.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What can be seen of the files and the signature without reading them: it changes with every change that is made to them, for who
     * copies a file with the time of another cannot copy the time at which the file system noted that.
     */
    static String seen(Path folder) throws IOException {
        Path real = folder.toRealPath();
        List<String> seen = new ArrayList<>(List.of(real.toString()));
        SortedMap<String, Path> files = deciding(real);
        files.put(SIGNATURE, real.resolve(SIGNATURE));
        for (var file : files.entrySet()) {
            if (Files.exists(file.getValue())) {
                seen.add(file.getKey() + " " + stateOf(file.getValue()));
            }
        }
        return String.join("\n", seen);
    }

    private static String stateOf(Path file) throws IOException {
        boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        String attributes = unix ? "unix:ino,size,lastModifiedTime,ctime" : "size,lastModifiedTime,creationTime";
        return new TreeMap<>(Files.readAttributes(file, attributes)).toString();
    }

    /** By name, with slashes. */
    private static SortedMap<String, Path> deciding(Path folder) throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            all.filter(Files::isRegularFile).forEach(file -> {
                String name = folder.relativize(file).toString().replace('\\', '/');
                if (!name.equals(SIGNATURE) && !name.equals(ModelPackage.CARD_FILE) && !name.startsWith(EVALUATIONS)) {
                    files.put(name, file);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return files;
    }
}
