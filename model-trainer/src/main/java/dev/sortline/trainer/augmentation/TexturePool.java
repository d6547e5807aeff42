// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.augmentation;

import dev.sortline.trainer.pictures.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Belts, heaps and clouds to be put behind and over items: each is made from the seed when it is first asked for, and kept. */
public final class TexturePool {
    private static final int BELTS = 96;
    private static final int HEAPS = 64;
    private static final int CLOUDS = 24;
    private static final double BELT_SHARE = 0.7;

    private final List<SplittableRandom> chances = new ArrayList<>();
    private final Map<Integer, Picture> made = new ConcurrentHashMap<>();

    /** @param seed of all textures */
    public TexturePool(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < BELTS + HEAPS + CLOUDS; i++) {
            chances.add(random.split());
        }
    }

    /** A belt, or less often a heap. */
    Picture backdrop(RandomGenerator random) {
        return random.nextDouble() < BELT_SHARE
                ? picture(random.nextInt(BELTS), BeltTexture::empty)
                : picture(BELTS + random.nextInt(HEAPS), BeltTexture::cluttered);
    }

    /** How thick something lies, 0..255 in each channel. */
    Picture cloud(RandomGenerator random) {
        return picture(BELTS + HEAPS + random.nextInt(CLOUDS), TexturePool::newCloud);
    }

    private Picture picture(int index, Function<RandomGenerator, Picture> making) {
        return made.computeIfAbsent(index, key -> making.apply(chances.get(key)));
    }

    private static Picture newCloud(RandomGenerator random) {
        float[] noise = Noise.square(random, BeltTexture.SIZE, random.nextInt(2, 10), 5);
        byte[] rgb = new byte[noise.length * 3];
        for (int i = 0; i < noise.length; i++) {
            byte thick = (byte) Math.max(0, Math.min(255, Math.round((noise[i] - 0.45f) * 900)));
            rgb[i * 3] = thick;
            rgb[i * 3 + 1] = thick;
            rgb[i * 3 + 2] = thick;
        }
        return new Picture(BeltTexture.SIZE, BeltTexture.SIZE, rgb);
    }
}
