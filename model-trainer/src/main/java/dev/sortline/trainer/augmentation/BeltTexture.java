// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.augmentation;

import dev.sortline.trainer.pictures.Picture;
import java.util.random.RandomGenerator;

/**
 * Belts that a line may have, made up by chance: rubber in grey, black, white, green, blue and brown, smooth, ribbed, woven, cleated or
 * slatted, worn, scratched, stained, strewn with crumbs, with seams, rails and uneven light.
 */
public final class BeltTexture {
    /** Width and height of a texture in pixels. */
    static final int SIZE = 256;

    private final RandomGenerator random;
    private final float[] pixels = new float[SIZE * SIZE * 3];

    private BeltTexture(RandomGenerator random) {
        this.random = random;
    }

    /** A belt with nothing on it. */
    public static Picture empty(RandomGenerator random) {
        BeltTexture belt = new BeltTexture(random);
        belt.surface();
        belt.wear();
        belt.light();
        return belt.picture();
    }

    /** A belt heaped with shreds of many colours, as an item in a crowded plant lies on. */
    static Picture cluttered(RandomGenerator random) {
        BeltTexture belt = new BeltTexture(random);
        belt.surface();
        belt.wear();
        int shreds = random.nextInt(4, 40);
        for (int i = 0; i < shreds; i++) {
            belt.shred();
        }
        belt.light();
        return belt.picture();
    }

    private void surface() {
        float[] colour = colour();
        float[] cloud = Noise.square(random, SIZE, random.nextInt(2, 9), 5);
        float unevenness = (float) (random.nextDouble() * random.nextDouble() * 0.5);
        float[] pattern = pattern();
        float depth = random.nextFloat() * 0.3f;
        float grain = random.nextFloat() * 0.06f;
        for (int i = 0; i < SIZE * SIZE; i++) {
            float shade = 1
                    + unevenness * (cloud[i] - 0.5f) * 2
                    + depth * (pattern[i] - 0.5f)
                    + grain * (random.nextFloat() - 0.5f) * 2;
            for (int c = 0; c < 3; c++) {
                pixels[i * 3 + c] = colour[c] * shade;
            }
        }
    }

    private float[] colour() {
        double kind = random.nextDouble();
        if (kind < 0.30) {
            return tinted(random.nextDouble(50, 190), 0.06);
        }
        if (kind < 0.48) {
            return tinted(random.nextDouble(8, 55), 0.10);
        }
        if (kind < 0.64) {
            return tinted(random.nextDouble(180, 250), 0.05);
        }
        if (kind < 0.76) {
            double light = random.nextDouble(40, 150);
            return new float[] {(float) (light * 0.45), (float) light, (float) (light * random.nextDouble(0.5, 0.85))};
        }
        if (kind < 0.85) {
            double light = random.nextDouble(60, 210);
            return new float[] {(float) (light * random.nextDouble(0.3, 0.8)), (float) (light * 0.75), (float) light};
        }
        if (kind < 0.95) {
            double light = random.nextDouble(60, 220);
            return new float[] {
                (float) light,
                (float) (light * random.nextDouble(0.75, 0.92)),
                (float) (light * random.nextDouble(0.5, 0.8))
            };
        }
        return new float[] {random.nextInt(20, 235), random.nextInt(20, 235), random.nextInt(20, 235)};
    }

    private float[] tinted(double light, double tint) {
        return new float[] {
            (float) (light * (1 + random.nextDouble(-tint, tint))),
            (float) light,
            (float) (light * (1 + random.nextDouble(-tint, tint)))
        };
    }

    /** 0..1 for each pixel: ribs, weave, cleats, slats, or nothing. */
    private float[] pattern() {
        float[] pattern = new float[SIZE * SIZE];
        double kind = random.nextDouble();
        if (kind < 0.4) {
            java.util.Arrays.fill(pattern, 0.5f);
            return pattern;
        }
        double angle = random.nextDouble(Math.PI);
        double across = Math.cos(angle);
        double along = Math.sin(angle);
        double period = random.nextDouble(4, 48);
        double duty = random.nextDouble(0.05, 0.5);
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                double u = (x * across + y * along) / period;
                double v = (y * across - x * along) / period;
                pattern[y * SIZE + x] = (float) wave(kind, duty, u, v);
            }
        }
        return pattern;
    }

    private static double wave(double kind, double duty, double u, double v) {
        if (kind < 0.60) {
            return 0.5 + 0.5 * Math.sin(2 * Math.PI * u);
        }
        if (kind < 0.72) {
            return 0.5 + 0.25 * (Math.sin(2 * Math.PI * u) + Math.sin(2 * Math.PI * v));
        }
        if (kind < 0.82) {
            double chevron = u + Math.abs(v / 4 - Math.floor(v / 4) - 0.5) * 3;
            return chevron - Math.floor(chevron) < duty ? 1 : 0.3;
        }
        if (kind < 0.90) {
            double du = u - Math.floor(u) - 0.5;
            double dv = v - Math.floor(v) - 0.5;
            return Math.abs(du) + Math.abs(dv) < duty ? 1 : 0.3;
        }
        return u - Math.floor(u) < duty / 3 ? -2 : 0.6;
    }

    private void wear() {
        if (random.nextDouble() < 0.6) {
            stains();
        }
        int scratches = random.nextDouble() < 0.4 ? random.nextInt(1, 30) : 0;
        double direction = random.nextDouble(Math.PI);
        for (int i = 0; i < scratches; i++) {
            stroke(direction + random.nextGaussian() * 0.2, random.nextDouble(0.4, 1.6), random.nextFloat() * 60 - 30);
        }
        if (random.nextDouble() < 0.25) {
            stroke(random.nextDouble(Math.PI), random.nextDouble(3, 40), random.nextFloat() * 120 - 60);
        }
        if (random.nextDouble() < 0.15) {
            rail();
        }
        int crumbs = random.nextDouble() < 0.5 ? random.nextInt(1, 50) : 0;
        for (int i = 0; i < crumbs; i++) {
            float light = random.nextFloat() * 200;
            blob(
                    random.nextDouble(0.5, 3.2),
                    new float[] {light, light * random.nextFloat(0.6f, 1), light * random.nextFloat(0.3f, 1)});
        }
    }

    private void stains() {
        float[] cloud = Noise.square(random, SIZE, random.nextInt(2, 12), 4);
        float from = random.nextFloat(0.4f, 0.8f);
        float strength = random.nextFloat() * 0.6f;
        float[] colour = random.nextDouble() < 0.75
                ? new float[] {random.nextInt(20, 100), random.nextInt(15, 80), random.nextInt(5, 60)}
                : tinted(random.nextDouble(150, 250), 0.1);
        for (int i = 0; i < SIZE * SIZE; i++) {
            float share = strength * Math.max(0, Math.min(1, (cloud[i] - from) * 6));
            for (int c = 0; c < 3; c++) {
                pixels[i * 3 + c] += share * (colour[c] - pixels[i * 3 + c]);
            }
        }
    }

    /** A straight band across the belt: a scratch where it is thin, a seam where it is wide. */
    private void stroke(double angle, double width, float light) {
        double nx = -Math.sin(angle);
        double ny = Math.cos(angle);
        double offset = nx * random.nextDouble(SIZE) + ny * random.nextDouble(SIZE);
        double length = width < 2 ? random.nextDouble(10, SIZE) : 2 * SIZE;
        double middle = random.nextDouble(SIZE);
        float red = light * random.nextFloat(0.7f, 1.1f);
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                double across = Math.abs(x * nx + y * ny - offset) - width / 2;
                if (across < 1 && Math.abs(x * ny - y * nx - middle) < length / 2) {
                    float share = (float) Math.min(1, 1 - across);
                    int at = (y * SIZE + x) * 3;
                    pixels[at] += share * red;
                    pixels[at + 1] += share * light;
                    pixels[at + 2] += share * light;
                }
            }
        }
    }

    /** The belt ends before the picture does, in a side wall. */
    private void rail() {
        double angle = random.nextDouble(2 * Math.PI);
        double nx = Math.cos(angle);
        double ny = Math.sin(angle);
        double offset = random.nextDouble(0.2, 0.48) * SIZE;
        float[] colour = tinted(random.nextDouble(10, 230), 0.1);
        double lit = random.nextDouble(0.3, 1.2);
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                double beyond = (x - SIZE / 2.0) * nx + (y - SIZE / 2.0) * ny - offset;
                if (beyond > 0) {
                    double shade = beyond < 4 ? 0.3 : lit * (0.8 + 0.4 * Math.min(1, beyond / 60));
                    for (int c = 0; c < 3; c++) {
                        pixels[(y * SIZE + x) * 3 + c] = (float) (colour[c] * shade);
                    }
                }
            }
        }
    }

    private void blob(double radius, float[] colour) {
        double cx = random.nextDouble(SIZE);
        double cy = random.nextDouble(SIZE);
        double flat = random.nextDouble(0.4, 1);
        for (int y = (int) Math.max(0, cy - radius - 1); y < Math.min(SIZE, cy + radius + 1); y++) {
            for (int x = (int) Math.max(0, cx - radius - 1); x < Math.min(SIZE, cx + radius + 1); x++) {
                double away = Math.hypot(x - cx, (y - cy) / flat);
                if (away < radius) {
                    for (int c = 0; c < 3; c++) {
                        pixels[(y * SIZE + x) * 3 + c] = colour[c];
                    }
                }
            }
        }
    }

    /** A piece of something: a turned, shaded rectangle or ellipse. */
    private void shred() {
        double cx = random.nextDouble(SIZE);
        double cy = random.nextDouble(SIZE);
        double halfWidth = random.nextDouble(4, 60);
        double halfHeight = random.nextDouble(4, 40);
        double angle = random.nextDouble(Math.PI);
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        boolean round = random.nextBoolean();
        float[] colour = random.nextDouble() < 0.6
                ? colour()
                : new float[] {random.nextInt(255), random.nextInt(255), random.nextInt(255)};
        double slope = random.nextDouble(-0.5, 0.5);
        double reach = Math.hypot(halfWidth, halfHeight);
        for (int y = (int) Math.max(0, cy - reach); y < Math.min(SIZE, cy + reach); y++) {
            for (int x = (int) Math.max(0, cx - reach); x < Math.min(SIZE, cx + reach); x++) {
                double u = ((x - cx) * cos + (y - cy) * sin) / halfWidth;
                double v = ((y - cy) * cos - (x - cx) * sin) / halfHeight;
                if (round ? u * u + v * v < 1 : Math.abs(u) < 1 && Math.abs(v) < 1) {
                    float shade = (float) (1 + slope * u);
                    for (int c = 0; c < 3; c++) {
                        pixels[(y * SIZE + x) * 3 + c] = colour[c] * shade;
                    }
                }
            }
        }
    }

    private void light() {
        double angle = random.nextDouble(2 * Math.PI);
        double slope = random.nextDouble() * random.nextDouble() * 0.9;
        double spot = random.nextDouble() < 0.3 ? random.nextDouble(-0.4, 0.9) : 0;
        double spotX = random.nextDouble(SIZE);
        double spotY = random.nextDouble(SIZE);
        double reach = random.nextDouble(30, 150);
        boolean shadow = random.nextDouble() < 0.12;
        double edge = random.nextDouble(-0.3, 0.3);
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                double along = ((x - SIZE / 2.0) * Math.cos(angle) + (y - SIZE / 2.0) * Math.sin(angle)) / SIZE;
                double away = Math.hypot(x - spotX, y - spotY) / reach;
                double gain = 1 + slope * along + spot * Math.exp(-away * away);
                if (shadow && along > edge) {
                    gain *= 0.6;
                }
                for (int c = 0; c < 3; c++) {
                    pixels[(y * SIZE + x) * 3 + c] *= (float) gain;
                }
            }
        }
    }

    private Picture picture() {
        byte[] rgb = new byte[pixels.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) Math.max(0, Math.min(255, Math.round(pixels[i])));
        }
        return new Picture(SIZE, SIZE, rgb);
    }
}
