// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.film;

import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.trainer.augmentation.Matte;
import dev.sortline.trainer.pictures.Picture;
import dev.sortline.trainer.pictures.PictureReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** An item cut out of its photograph on a plain board. */
final class CutOutItem {
    final String name;
    private final Picture photograph;
    private final byte[] opacity;
    private int left = Integer.MAX_VALUE;
    private int top = Integer.MAX_VALUE;
    private int right = -1;
    private int bottom = -1;

    private CutOutItem(String name, Picture photograph, Matte matte) {
        this.name = name;
        this.photograph = photograph;
        this.opacity = new byte[photograph.width() * photograph.height()];
        for (int y = 0; y < photograph.height(); y++) {
            for (int x = 0; x < photograph.width(); x++) {
                float share = matte.opacity(x, y);
                opacity[y * photograph.width() + x] = (byte) Math.round(255 * share);
                if (share > 0.5) {
                    left = Math.min(left, x);
                    right = Math.max(right, x);
                    top = Math.min(top, y);
                    bottom = Math.max(bottom, y);
                }
            }
        }
    }

    /** Cut out of the picture in a file; nothing where the item cannot be told from its board. */
    static Optional<CutOutItem> of(Path file, PictureReader reader) {
        try {
            Picture photograph = reader.read(file);
            return Matte.of(photograph)
                    .map(matte ->
                            new CutOutItem(file.getParent().relativize(file).toString(), photograph, matte))
                    .filter(item -> item.right >= 0);
        } catch (IOException | UnreadableImageException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }

    int width() {
        return right - left + 1;
    }

    int height() {
        return bottom - top + 1;
    }

    /** How much of it is at a place in its frame, 0 to 1; nothing outside. */
    float opacity(double x, double y) {
        int at = index(x, y);
        return at < 0 ? 0 : (opacity[at] & 0xFF) / 255f;
    }

    /** A channel of its colour there, 0 to 255. */
    int colour(double x, double y, int channel) {
        return photograph.rgb()[3 * index(x, y) + channel] & 0xFF;
    }

    private int index(double x, double y) {
        int column = left + (int) x;
        int row = top + (int) y;
        boolean within = column >= 0 && row >= 0 && column < photograph.width() && row < photograph.height();
        return within ? row * photograph.width() + column : -1;
    }
}
