// SPDX-License-Identifier: Apache-2.0
package dev.sortline.reviews;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a picture is by its own first bytes, whatever was told of it. */
enum PictureKind {
    JPEG("jpg", 0xFF, 0xD8, 0xFF),
    PNG("png", 0x89, 'P', 'N', 'G');

    private final String extension;
    private final int[] start;

    PictureKind(String extension, int... start) {
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
        if (image.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if ((image[i] & 0xFF) != start[i]) {
                return false;
            }
        }
        return true;
    }

    String extension() {
        return extension;
    }
}
