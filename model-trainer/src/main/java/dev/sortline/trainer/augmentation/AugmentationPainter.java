// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.augmentation;

import dev.sortline.classifier.model.PixelScaling;
import dev.sortline.trainer.pictures.Picture;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Paints augmented pictures: bilinear sampling as in the runtime's resize, then what lies behind and over the item, then light, lens and
 * compression. Not thread-safe: it keeps its buffers.
 */
public final class AugmentationPainter implements AutoCloseable {
    private static final int MOST_BLUR_POINTS = 9;

    private final JpegLoss jpeg = new JpegLoss();
    private float[] canvas = new float[0];
    private float[] spare = new float[0];

    /**
     * Paints one picture.
     *
     * @param matte of the picture; without one its background stays
     * @param size width and height of what is painted, in pixels
     * @param seed of the grain
     * @return {@code size * size * 3} values 0..255, RGB, rows first; valid until the next call
     */
    float[] paint(Picture picture, Optional<Matte> matte, Augmentation augmentation, int size, long seed) {
        if (canvas.length != size * size * 3) {
            canvas = new float[size * size * 3];
            spare = new float[size * size * 3];
        }
        if (augmentation.backdrop().isPresent() && matte.isPresent()) {
            paintBefore(picture, matte.get(), augmentation.backdrop().get(), augmentation.view(), size);
        } else {
            paint(picture, augmentation.view(), size);
        }
        augmentation.dirt().ifPresent(dirt -> soil(dirt, size));
        for (Augmentation.Patch patch : augmentation.patches()) {
            cover(patch, size);
        }
        if (augmentation.blur().length() > 0) {
            blur(augmentation.blur(), size);
        }
        light(augmentation.view());
        if (augmentation.grain() > 0) {
            grain(augmentation.grain(), seed);
        }
        augmentation.jpegQuality().ifPresent(quality -> compress(quality, size));
        return canvas;
    }

    /** As {@link #paint(Picture, Optional, Augmentation, int, long)}, scaled for a network and put into its batch from an offset on. */
    public void paintInto(
            float[] batch,
            int offset,
            PixelScaling scaling,
            Picture picture,
            Optional<Matte> matte,
            Augmentation augmentation,
            int size,
            long seed) {
        float[] painted = paint(picture, matte, augmentation, size, seed);
        for (int i = 0; i < painted.length; i++) {
            batch[offset + i] = painted[i] * scaling.multiplier() + scaling.offset();
        }
    }

    @Override
    public void close() {
        jpeg.close();
    }

    private void paint(Picture picture, View view, int size) {
        float[] map = view.transform(size, picture.width(), picture.height());
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                sample(picture, map[0] * x + map[1] * y + map[2], map[3] * x + map[4] * y + map[5], (y * size + x) * 3);
            }
        }
    }

    private void paintBefore(Picture picture, Matte matte, Augmentation.Backdrop backdrop, View view, int size) {
        float[] map = view.transform(size, picture.width(), picture.height());
        Picture belt = backdrop.belt();
        double step = backdrop.scale() * Augmentation.REFERENCE / size;
        float cos = (float) (Math.cos(backdrop.angle()) * step);
        float sin = (float) (Math.sin(backdrop.angle()) * step);
        float middle = size / 2f;
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int at = (y * size + x) * 3;
                float px = map[0] * x + map[1] * y + map[2];
                float py = map[3] * x + map[4] * y + map[5];
                boolean inside = px >= 0 && py >= 0 && px <= picture.width() - 1 && py <= picture.height() - 1;
                float item = inside ? matte.opacity(px, py) : 0;
                sample(picture, px, py, at);
                if (item < 1) {
                    // What the board's light lost here is the item's shadow, or its own dim glass.
                    float shade = 1;
                    if (inside) {
                        float light = (canvas[at] + canvas[at + 1] + canvas[at + 2]) / 3;
                        shade = Math.max(0.4f, Math.min(1.1f, light / matte.boardLight(px, py)));
                    }
                    int u = mirrored(
                            Math.round(cos * (x - middle) - sin * (y - middle)) + belt.width() / 2, belt.width());
                    int v = mirrored(
                            Math.round(sin * (x - middle) + cos * (y - middle)) + belt.height() / 2, belt.height());
                    int from = (v * belt.width() + u) * 3;
                    for (int c = 0; c < 3; c++) {
                        float behind = (belt.rgb()[from + c] & 0xFF) * shade;
                        canvas[at + c] = behind + item * (canvas[at + c] - behind);
                    }
                }
            }
        }
    }

    /** Bilinear; beyond its edges a picture is mirrored. */
    private void sample(Picture picture, float x, float y, int to) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        float across = x - left;
        float down = y - top;
        int x0 = mirrored(left, picture.width());
        int x1 = mirrored(left + 1, picture.width());
        int row0 = mirrored(top, picture.height()) * picture.width();
        int row1 = mirrored(top + 1, picture.height()) * picture.width();
        int a = (row0 + x0) * 3;
        int b = (row0 + x1) * 3;
        int c = (row1 + x0) * 3;
        int d = (row1 + x1) * 3;
        byte[] rgb = picture.rgb();
        for (int channel = 0; channel < 3; channel++) {
            float upper = (rgb[a + channel] & 0xFF) * (1 - across) + (rgb[b + channel] & 0xFF) * across;
            float lower = (rgb[c + channel] & 0xFF) * (1 - across) + (rgb[d + channel] & 0xFF) * across;
            canvas[to + channel] = upper * (1 - down) + lower * down;
        }
    }

    private static int mirrored(int at, int length) {
        if (at >= 0 && at < length) {
            return at;
        }
        int within = Math.floorMod(at, 2 * length);
        return within < length ? within : 2 * length - 1 - within;
    }

    private void soil(Augmentation.Dirt dirt, int size) {
        Picture cloud = dirt.cloud();
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int thick =
                        cloud.rgb()[(y * cloud.height() / size * cloud.width() + x * cloud.width() / size) * 3] & 0xFF;
                if (thick > 0) {
                    float share = (float) (dirt.strength() * thick / 255);
                    int at = (y * size + x) * 3;
                    canvas[at] += share * (float) (dirt.red() - canvas[at]);
                    canvas[at + 1] += share * (float) (dirt.green() - canvas[at + 1]);
                    canvas[at + 2] += share * (float) (dirt.blue() - canvas[at + 2]);
                }
            }
        }
    }

    private void cover(Augmentation.Patch patch, int size) {
        Picture belt = patch.belt();
        double cos = Math.cos(patch.angle());
        double sin = Math.sin(patch.angle());
        double reach = Math.hypot(patch.width(), patch.height()) * size / 2;
        double cx = patch.centreX() * size;
        double cy = patch.centreY() * size;
        for (int y = (int) Math.max(0, cy - reach); y < Math.min(size, cy + reach); y++) {
            for (int x = (int) Math.max(0, cx - reach); x < Math.min(size, cx + reach); x++) {
                double u = ((x - cx) * cos + (y - cy) * sin) * 2 / (patch.width() * size);
                double v = ((y - cy) * cos - (x - cx) * sin) * 2 / (patch.height() * size);
                if (patch.round() ? u * u + v * v < 1 : Math.abs(u) < 1 && Math.abs(v) < 1) {
                    int from = (y * belt.height() / size * belt.width() + x * belt.width() / size) * 3;
                    int at = (y * size + x) * 3;
                    for (int c = 0; c < 3; c++) {
                        canvas[at + c] = belt.rgb()[from + c] & 0xFF;
                    }
                }
            }
        }
    }

    private void blur(Augmentation.Blur blur, int size) {
        double length = blur.length() * size / Augmentation.REFERENCE;
        along(blur.angle(), length, size);
        if (blur.everyDirection()) {
            along(blur.angle() + Math.PI / 2, length, size);
        }
    }

    private void along(double angle, double length, int size) {
        int points = Math.max(2, Math.min(MOST_BLUR_POINTS, (int) Math.round(length) + 1));
        int[] dx = new int[points];
        int[] dy = new int[points];
        for (int i = 0; i < points; i++) {
            double at = length * ((double) i / (points - 1) - 0.5);
            dx[i] = (int) Math.round(Math.cos(angle) * at);
            dy[i] = (int) Math.round(Math.sin(angle) * at);
        }
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                float red = 0;
                float green = 0;
                float blue = 0;
                for (int i = 0; i < points; i++) {
                    int from = (mirrored(y + dy[i], size) * size + mirrored(x + dx[i], size)) * 3;
                    red += canvas[from];
                    green += canvas[from + 1];
                    blue += canvas[from + 2];
                }
                int at = (y * size + x) * 3;
                spare[at] = red / points;
                spare[at + 1] = green / points;
                spare[at + 2] = blue / points;
            }
        }
        float[] painted = spare;
        spare = canvas;
        canvas = painted;
    }

    private void light(View view) {
        float red = (float) view.gainRed();
        float green = (float) view.gainGreen();
        float blue = (float) view.gainBlue();
        float lift = (float) view.lift();
        float colour = (float) view.saturation();
        for (int at = 0; at < canvas.length; at += 3) {
            float grey = (canvas[at] + canvas[at + 1] + canvas[at + 2]) / 3;
            canvas[at] = clamped((grey + colour * (canvas[at] - grey)) * red + lift);
            canvas[at + 1] = clamped((grey + colour * (canvas[at + 1] - grey)) * green + lift);
            canvas[at + 2] = clamped((grey + colour * (canvas[at + 2] - grey)) * blue + lift);
        }
    }

    private void grain(double deviation, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int at = 0; at < canvas.length; at++) {
            // Four bytes' sum is near enough to a normal distribution: its standard deviation is 148.
            int bits = random.nextInt();
            int sum = (bits & 0xFF) + (bits >>> 8 & 0xFF) + (bits >>> 16 & 0xFF) + (bits >>> 24) - 510;
            canvas[at] = clamped(canvas[at] + (float) (sum * deviation / 148));
        }
    }

    private void compress(int quality, int size) {
        byte[] bytes = new byte[canvas.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(canvas[i]);
        }
        jpeg.compress(bytes, size, quality);
        for (int i = 0; i < bytes.length; i++) {
            canvas[i] = bytes[i] & 0xFF;
        }
    }

    private static float clamped(float value) {
        return Math.max(0, Math.min(255, value));
    }
}
