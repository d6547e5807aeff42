// SPDX-License-Identifier: Apache-2.0
package dev.sortline.reviews;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a picture is by its own first bytes, whatever was told of it. */
enum PictureKind {
    JPEG("jpg", "\u00FF\u00D8\u00FF"),
    PNG("png", "\u0089PNG");

    private final String extension;

    /** A character is a byte. */
    private final String start;

    PictureKind(String extension, String start) {
        this.extension = extension;
        this.start = start;
    }

    static @Nullable PictureKind of(byte[] image) {
        return Arrays.stream(values())
                .filter(kind -> kind.begins(image))
                .findFirst()
                .orElse(null);
    }

    private boolean begins(byte[] image) {
        int length = Math.min(image.length, start.length());
        return new String(image, 0, length, StandardCharsets.ISO_8859_1).equals(start);
    }

    String extension() {
        return extension;
    }
}
