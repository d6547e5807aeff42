// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.film;

import dev.sortline.trainer.pictures.Picture;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.jspecify.annotations.Nullable;

/**
 * A camera over one belt that runs, in JPEGs of {@value #WIDTH}x{@value #HEIGHT}. The belt is a loop of four of its pictures with wear of its
 * own, so that every frame shows another stretch; one frame in twenty shows its joint, and on one in twenty lie crumbs. The light is uneven, the lamps swing by 5 %
 * over 6,000 frames and flicker by 1 %, and the sensor has grain. Items are as large as in their photograph, or up to a third smaller, have no shadow, and lie
 * anywhere in the frame, whole.
 */
final class FilmedBelt {
    static final int WIDTH = 384;
    static final int HEIGHT = 288;

    private static final int LOOP = 4 * HEIGHT;
    private static final float QUALITY = 0.85f;
    private static final double LAMPS_SWING = 0.05;
    private static final double SWING_FRAMES = 6_000;
    private static final double FLICKER = 0.01;
    private static final double READ_NOISE = 1.5;
    private static final double SHOT_NOISE = 0.1;
    private static final int CRUMBS_IN = 20;
    private static final int JOINT_IN = 20;
    private static final int JOINT = 5;
    /** A frame is three quarters as wide as the photographs. */
    private static final double FRAME = 0.75;

    private final SplittableRandom random;
    private final float jointDepth;
    private final float[] loop = new float[LOOP * HEIGHT * 3];
    private final float[] light = new float[WIDTH * HEIGHT];
    private final float[] grain = new float[1 << 16];
    private final float[] canvas = new float[WIDTH * HEIGHT * 3];
    private final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    private final ImageWriter writer =
            ImageIO.getImageWritersByFormatName("jpg").next();
    private long frames;

    /** @param texture what the belt looks like, from edge to edge */
    FilmedBelt(Picture texture, long seed) {
        random = new SplittableRandom(seed);
        for (int i = 0; i < grain.length; i++) {
            grain[i] = (float) random.nextGaussian();
        }
        layOut(texture);
        jointDepth = (float) random.nextDouble(0.1, 0.5);
        double across = random.nextDouble(-0.15, 0.15);
        double along = random.nextDouble(-0.15, 0.15);
        double vignette = random.nextDouble(0.25);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double u = 2.0 * x / WIDTH - 1;
                double v = 2.0 * y / HEIGHT - 1;
                light[y * WIDTH + x] = (float) (1 + along * u + across * v - vignette * (u * u + v * v) / 2);
            }
        }
    }

    private void layOut(Picture texture) {
        double[] phases = random.doubles(12, 0, 2 * Math.PI).toArray();
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < LOOP; x++) {
                int within = x % HEIGHT;
                double u = x / HEIGHT % 2 == 0 ? within : HEIGHT - 1.0 - within;
                double wear = 1;
                for (int wave = 0; wave < 6; wave++) {
                    wear += 0.015
                            * Math.sin(2 * Math.PI * ((wave + 1.0) * x / LOOP + wave % 3 * (double) y / HEIGHT)
                                    + phases[wave]
                                    + phases[wave + 6]);
                }
                for (int channel = 0; channel < 3; channel++) {
                    loop[(y * LOOP + x) * 3 + channel] = (float) (wear
                            * bilinear(
                                    texture,
                                    u * (texture.width() - 1) / (HEIGHT - 1),
                                    (double) y * (texture.height() - 1) / (HEIGHT - 1),
                                    channel));
                }
            }
        }
    }

    /** The next frame, with an item on the belt or without. */
    byte[] frame(@Nullable CutOutItem item) {
        int from = random.nextInt(LOOP);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                System.arraycopy(loop, (y * LOOP + (x + from) % LOOP) * 3, canvas, (y * WIDTH + x) * 3, 3);
            }
        }
        if (random.nextInt(CRUMBS_IN) == 0) {
            for (int crumbs = random.nextInt(1, 4); crumbs > 0; crumbs--) {
                crumb();
            }
        }
        if (random.nextInt(JOINT_IN) == 0) {
            joint();
        }
        if (item != null) {
            lay(item);
        }
        expose();
        return jpeg();
    }

    /** A dark line from edge to edge. */
    private void joint() {
        int left = random.nextInt(WIDTH - JOINT);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = left; x < left + JOINT; x++) {
                paint(x, y, jointDepth, 0, 0, 0);
            }
        }
    }

    private void crumb() {
        double radius = random.nextDouble(0.5, 3);
        int cx = random.nextInt(WIDTH);
        int cy = random.nextInt(HEIGHT);
        float grey = random.nextInt(200);
        for (int y = Math.max(0, (int) (cy - radius)); y <= Math.min(HEIGHT - 1, cy + radius); y++) {
            for (int x = Math.max(0, (int) (cx - radius)); x <= Math.min(WIDTH - 1, cx + radius); x++) {
                if (Math.hypot(x - cx, y - cy) <= radius) {
                    paint(x, y, 1, grey, 0.8f * grey, 0.6f * grey);
                }
            }
        }
    }

    private void lay(CutOutItem item) {
        double scale = FRAME * random.nextDouble(0.7, 1);
        scale = Math.min(scale, Math.min((WIDTH - 2.0) / item.width(), (HEIGHT - 2.0) / item.height()));
        int width = Math.max(1, (int) (item.width() * scale));
        int height = Math.max(1, (int) (item.height() * scale));
        int left = random.nextInt(WIDTH - width);
        int top = random.nextInt(HEIGHT - height);
        boolean mirrored = random.nextBoolean();
        boolean upsideDown = random.nextBoolean();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double u = (mirrored ? width - 1 - x : x) / scale;
                double v = (upsideDown ? height - 1 - y : y) / scale;
                float share = item.opacity(u, v);
                if (share > 0) {
                    paint(left + x, top + y, share, item.colour(u, v, 0), item.colour(u, v, 1), item.colour(u, v, 2));
                }
            }
        }
    }

    private void paint(int x, int y, float share, float red, float green, float blue) {
        int at = (y * WIDTH + x) * 3;
        canvas[at] += share * (red - canvas[at]);
        canvas[at + 1] += share * (green - canvas[at + 1]);
        canvas[at + 2] += share * (blue - canvas[at + 2]);
    }

    private void expose() {
        double lamps = (1 + LAMPS_SWING * Math.sin(2 * Math.PI * frames++ / SWING_FRAMES))
                * (1 + FLICKER * random.nextGaussian());
        byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        int from = random.nextInt(grain.length);
        for (int i = 0; i < canvas.length; i++) {
            double level = canvas[i] * lamps * light[i / 3];
            double noise = READ_NOISE + SHOT_NOISE * Math.sqrt(Math.max(0, level));
            long value = Math.round(level + noise * grain[(from + 7 * i) & (grain.length - 1)]);
            // The image has blue first.
            pixels[i + 2 - 2 * (i % 3)] = (byte) Math.max(0, Math.min(255, value));
        }
    }

    private byte[] jpeg() {
        var bytes = new ByteArrayOutputStream(1 << 15);
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static double bilinear(Picture picture, double x, double y, int channel) {
        int left = (int) x;
        int top = (int) y;
        int right = Math.min(left + 1, picture.width() - 1);
        int bottom = Math.min(top + 1, picture.height() - 1);
        double across = x - left;
        double down = y - top;
        return (at(picture, left, top, channel) * (1 - across) + at(picture, right, top, channel) * across) * (1 - down)
                + (at(picture, left, bottom, channel) * (1 - across) + at(picture, right, bottom, channel) * across)
                        * down;
    }

    private static int at(Picture picture, int x, int y, int channel) {
        return picture.rgb()[(y * picture.width() + x) * 3 + channel] & 0xFF;
    }
}
