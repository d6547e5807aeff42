// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.gate;

import dev.sortline.classifier.integrity.CoarsePicture;
import dev.sortline.classifier.integrity.JpegIntegrity;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** A plain or striped grey belt with grain, as a small camera sees it, and bright items on it: as JPEGs of {@value #WIDTH}x{@value #HEIGHT}. */
public final class PaintedBelt {
    public static final int WIDTH = 160;
    public static final int HEIGHT = 128;

    private static final int ITEM = 48;
    private static final int VARIANTS = 48;
    private static final int GREY = 96;
    private static final int STRIPE = 32;
    private static final int STRIPED = 60;

    private final Random random = new Random(7);
    private final List<byte[]> emptyBelts = new ArrayList<>();
    private final List<byte[]> items = new ArrayList<>();
    private final IdentityHashMap<byte[], CoarsePicture> coarse = new IdentityHashMap<>();

    private final boolean striped;

    /** A plain one. */
    public PaintedBelt() {
        this(false);
    }

    PaintedBelt(boolean striped) {
        this.striped = striped;
        for (int i = 0; i < VARIANTS; i++) {
            emptyBelts.add(frame(1, 0));
            items.add(frame(1, 100));
        }
        Stream.concat(emptyBelts.stream(), items.stream()).forEach(frame -> coarse.put(frame, found(frame)));
    }

    /** A frame of the empty belt. */
    public byte[] empty() {
        return emptyBelts.get(random.nextInt(VARIANTS));
    }

    /** A frame with an item on it. */
    public byte[] item() {
        return items.get(random.nextInt(VARIANTS));
    }

    /**
     * A frame in other light.
     *
     * @param light of the lamps, 1 as usual
     * @param contrast of the item against the belt in grey levels, 0 for none
     */
    byte[] frame(double light, int contrast) {
        int left = random.nextInt(WIDTH - ITEM);
        int top = random.nextInt(HEIGHT - ITEM);
        var picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                boolean item = x >= left && x < left + ITEM && y >= top && y < top + ITEM;
                int stripe = striped && x / STRIPE % 3 == 0 ? STRIPED : 0;
                double level = light * (GREY + stripe + (item ? contrast : 0)) + 3 * random.nextGaussian();
                int grey = (int) Math.max(0, Math.min(255, level));
                picture.setRGB(x, y, grey << 16 | grey << 8 | grey);
            }
        }
        return jpeg(picture);
    }

    /** The coarse picture of a frame. */
    public CoarsePicture coarse(byte[] frame) {
        CoarsePicture known = coarse.get(frame);
        return known == null ? found(frame) : known;
    }

    private static CoarsePicture found(byte[] jpeg) {
        return JpegIntegrity.findings(jpeg).coarse().orElseThrow();
    }

    private static byte[] jpeg(BufferedImage picture) {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "jpg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
