// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.folder;

import dev.sortline.camera.folder.Settling.Found;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/**
 * What lies in a folder at one time.
 *
 * @param folders it and its sub-folders that are watched
 * @param dropped files that may hold pictures, in no order
 * @param sending files of pictures that are on their way, or were when a process ended; by the sequence of their frame
 */
record FolderLook(List<Path> folders, List<Found> dropped, TreeMap<Long, Path> sending) {
    private static final Set<String> TEMPORARY = Set.of("tmp", "temp", "part", "partial", "filepart", "crdownload");

    /**
     * Looks.
     *
     * @throws IOException when the folder itself cannot be read; what vanishes meanwhile within it is left out
     */
    static FolderLook at(Path folder, boolean withSubfolders, Clearing clearing) throws IOException {
        var look = new FolderLook(new ArrayList<>(), new ArrayList<>(), new TreeMap<>());
        Files.walkFileTree(
                folder,
                Set.<FileVisitOption>of(),
                withSubfolders ? Integer.MAX_VALUE : 1,
                look.visitor(folder, clearing));
        return look;
    }

    private SimpleFileVisitor<Path> visitor(Path root, Clearing clearing) {
        return new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path subfolder, BasicFileAttributes attributes) {
                if (!subfolder.equals(root) && (isHidden(subfolder) || clearing.isOurs(subfolder))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                folders.add(subfolder);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    SendingName.of(file).ifPresent(name -> sending.put(name.sequence(), file));
                    if (!isIgnored(file)) {
                        dropped.add(new Found(
                                file,
                                attributes.size(),
                                attributes.lastModifiedTime().toInstant()));
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (file.equals(root)) {
                    throw failure;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path subfolder, IOException failure) throws IOException {
                if (failure != null && subfolder.equals(root)) {
                    throw failure;
                }
                return FileVisitResult.CONTINUE;
            }
        };
    }

    /** Hidden, or with a name that programs give to what they have not finished. */
    static boolean isIgnored(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return isHidden(file) || name.endsWith("~") || TEMPORARY.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    private static boolean isHidden(Path file) {
        return file.getFileName().toString().startsWith(".");
    }
}
