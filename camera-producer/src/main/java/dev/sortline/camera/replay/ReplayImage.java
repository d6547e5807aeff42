// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An image file and what is known to be on it. The file is only named here, not opened.
 *
 * @param file the image file
 * @param truth the label of what it shows, if known
 * @param contentType {@code image/jpeg} or {@code image/png}, by the file's name
 */
public record ReplayImage(Path file, @Nullable String truth, String contentType) {

    /** Largest image file that is published, in bytes: {@link dev.sortline.contract.Topic#MAX_RECORD_BYTES} less room. */
    static final int MAX_BYTES = 4 << 20;

    /**
     * Lists a folder's images ({@code .jpg}, {@code .jpeg}, {@code .png} in any case), sorted by path. Those in its
     * sub-folders have the sub-folder's name as their truth, those in the folder itself have none. Hidden files and
     * folders, and what lies deeper, are not looked at.
     *
     * @return at least one image
     * @throws ImageFolderException when the folder cannot be read or holds no image; the message is one line for a person
     */
    public static List<ReplayImage> inFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ImageFolderException(
                    folder, Files.exists(folder) ? "is a file" : "does not exist", "name a folder of images");
        }
        var images = new ArrayList<ReplayImage>();
        for (Path entry : sorted(folder)) {
            if (Files.isDirectory(entry)) {
                String label = entry.getFileName().toString();
                sorted(entry).forEach(file -> addImage(images, file, label));
            } else {
                addImage(images, entry, null);
            }
        }
        if (images.isEmpty()) {
            throw new ImageFolderException(
                    folder,
                    "holds no image",
                    "put .jpg, .jpeg or .png files into it, or into sub-folders named after their label");
        }
        return List.copyOf(images);
    }

    /**
     * Reads the file.
     *
     * @throws IOException when it cannot be read, is empty or larger than {@link #MAX_BYTES}
     */
    byte[] read() throws IOException {
        long size = Files.size(file);
        if (size == 0) {
            throw new IOException("the file is empty");
        }
        if (size > MAX_BYTES) {
            throw new IOException("%d bytes: at most %d are published".formatted(size, MAX_BYTES));
        }
        return Files.readAllBytes(file);
    }

    private static void addImage(List<ReplayImage> images, Path file, @Nullable String truth) {
        String contentType = contentType(file);
        if (contentType != null && Files.isRegularFile(file)) {
            images.add(new ReplayImage(file, truth, contentType));
        }
    }

    private static @Nullable String contentType(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".jpg") || name.endsWith(".jpeg")) {
            return "image/jpeg";
        }
        return name.endsWith(".png") ? "image/png" : null;
    }

    private static List<Path> sorted(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ImageFolderException(folder, "cannot be read", "check its permissions", e);
        }
    }
}
