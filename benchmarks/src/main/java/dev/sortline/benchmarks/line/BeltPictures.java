// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.line;

import dev.sortline.camera.replay.ReplayImage;
import dev.sortline.contract.Frame;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * The pictures that every contestant gets, in memory, in an order by chance that is always the same, again and again. Used by one thread.
 */
public final class BeltPictures {
    private static final long SEED = 1;
    private static final String CAMERA = "camera-1";

    private final List<ReplayImage> images;
    private final List<byte[]> files;
    private long sequence = System.currentTimeMillis();
    private int next;

    private BeltPictures(List<ReplayImage> images) {
        this.images = images;
        this.files = images.stream().map(image -> read(image.file())).toList();
    }

    /**
     * Reads a folder's pictures.
     *
     * @throws dev.sortline.camera.replay.ImageFolderException when the folder holds none
     */
    public static BeltPictures of(Path folder) {
        var images = new ArrayList<>(ReplayImage.inFolder(folder));
        Collections.shuffle(images, new Random(SEED));
        return new BeltPictures(images);
    }

    /** The pictures' files, in order. */
    public List<byte[]> files() {
        return files;
    }

    /** Width and height of the first in pixels, as {@code 512x384}. */
    String size() {
        try {
            var picture = ImageIO.read(new ByteArrayInputStream(files.get(0)));
            return picture.getWidth() + "x" + picture.getHeight();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many bytes a file has on average. */
    int meanBytes() {
        return (int) files.stream().mapToInt(file -> file.length).average().orElseThrow();
    }

    /** The next picture as a frame. */
    Frame frame(String line, Instant capturedAt) {
        int turn = next++ % images.size();
        ReplayImage image = images.get(turn);
        return new Frame(
                line, CAMERA, sequence++, null, capturedAt, null, image.contentType(), image.truth(), files.get(turn));
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
