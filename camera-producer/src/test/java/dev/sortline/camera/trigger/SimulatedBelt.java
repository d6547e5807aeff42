// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.trigger;

import dev.sortline.camera.picture.Luma;
import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.time.CaptureTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A belt under a camera, in small pictures: a texture that runs with it, the sensor's noise, a light that drifts and flickers, and items
 * that lie on it. The same every time.
 */
final class SimulatedBelt {
    static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    static final int WIDTH = 160;
    static final int HEIGHT = 90;
    /** Stands for a small picture that nobody looks at any more. */
    static final Luma NOTHING = new Luma(1, 1, new byte[1]);

    private static final int NOISES = 1 << 16;

    private final Random random;
    private final float[] noise = new float[NOISES];
    private final byte[] strip = new byte[NOISES];
    private final List<Item> items = new ArrayList<>();
    private final Duration period = Duration.ofNanos(33_366_700);
    private final int base;
    private double travelled;
    private double lamp;
    private long pictures;

    /** @param at how far its leading edge has yet to go to the picture's left edge, in pixels of the small picture */
    record Item(double at, int top, int length, int height, int level) {}

    /**
     * An empty belt.
     *
     * @param base how bright it is, 0 to 255
     * @param texture by how many levels its pattern goes up and down
     * @param noise deviation of the sensor's noise, in levels
     */
    SimulatedBelt(long seed, int base, int texture, double noise) {
        random = new Random(seed);
        this.base = base;
        for (int at = 0; at < NOISES; at++) {
            this.noise[at] = (float) (random.nextGaussian() * noise);
            strip[at] = (byte) (texture == 0 ? 0 : random.nextInt(2 * texture + 1) - texture);
        }
    }

    /** Lays items one behind the other, each of a size and brightness of its own, brighter or darker than the belt by at least {@code contrast}. */
    SimulatedBelt lay(int count, double firstAt, double gap, int contrast) {
        double at = firstAt;
        for (int item = 0; item < count; item++) {
            int length = 16 + random.nextInt(24);
            int height = 30 + random.nextInt(40);
            int more = contrast + random.nextInt(40);
            boolean darker = base - more >= 0 && random.nextBoolean();
            items.add(
                    new Item(at, random.nextInt(HEIGHT - height), length, height, darker ? base - more : base + more));
            at += length + gap;
        }
        return this;
    }

    /** Another lamp goes on, or off. */
    void lamp(double levels) {
        lamp = levels;
    }

    /** The next picture, the belt having run by so many pixels since the last. */
    Shown next(double pixels) {
        travelled += pixels;
        pictures++;
        Instant at = START.plus(period.multipliedBy(pictures));
        var values = new byte[WIDTH * HEIGHT];
        double seconds = pictures * period.toNanos() / 1e9;
        // A day's light, and a lamp that flickers beside the camera's rate.
        double light = lamp + 12 * Math.sin(seconds / 20) + 3 * Math.sin(seconds * 7.3);
        int from = random.nextInt(NOISES);
        int shift = (int) Math.floor(travelled);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int patch = ((x - shift) / 2 * 31 + y / 2 * 4_099) & (NOISES - 1);
                put(values, x, y, base + strip[patch] + light + noise[(from + y * WIDTH + x) & (NOISES - 1)]);
            }
        }
        for (Item item : items) {
            double edge = travelled - item.at();
            if (edge > 0 && edge - item.length() < WIDTH) {
                draw(values, item, edge, light, from);
            }
        }
        return new Shown(new Luma(WIDTH, HEIGHT, values), picture(at), inView(WIDTH * 2 / 5, WIDTH * 3 / 5));
    }

    private void draw(byte[] values, Item item, double edge, double light, int from) {
        int first = (int) Math.max(0, Math.ceil(edge - item.length()));
        int last = (int) Math.min(WIDTH - 1, Math.floor(edge));
        double middleY = item.top() + item.height() / 2.0;
        double middleX = edge - item.length() / 2.0;
        for (int x = first; x <= last; x++) {
            double across = (x - middleX) / (item.length() / 2.0);
            double half = item.height() / 2.0 * Math.sqrt(Math.max(0, 1 - across * across));
            for (int y = (int) Math.ceil(middleY - half); y < middleY + half; y++) {
                if (y >= 0 && y < HEIGHT) {
                    int own = strip[(int) ((x - edge + 4_000) * 17 + y * 977) & (NOISES - 1)] / 2;
                    put(values, x, y, item.level() + own + light + noise[(from + y * WIDTH + x) & (NOISES - 1)]);
                }
            }
        }
    }

    private static void put(byte[] values, int x, int y, double level) {
        values[y * WIDTH + x] = (byte) Math.max(0, Math.min(255, Math.round(level)));
    }

    /** The items of which something is between two columns now, by their number. */
    private List<Integer> inView(int left, int right) {
        List<Integer> seen = new ArrayList<>();
        for (int number = 0; number < items.size(); number++) {
            double edge = travelled - items.get(number).at();
            if (edge > left && edge - items.get(number).length() < right) {
                seen.add(number);
            }
        }
        return seen;
    }

    static Picture picture(Instant at) {
        return new Picture(new byte[0], Picture.JPEG, CaptureTime.ofArrival(at, Duration.ZERO));
    }

    /**
     * What the camera gives.
     *
     * @param inGate numbers of the items of which something is in the middle fifth
     */
    record Shown(Luma luma, Picture picture, List<Integer> inGate) {}
}
