// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation.likeness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * 256 bits that stay nearly the same when a picture is compressed, scaled or lit otherwise: the signs of the low frequencies of its brightness.
 *
 * <p>The picture is squeezed to 64 by 64 and transformed (DCT-II); of the frequencies 1..16 in either direction each gives a bit. That is the
 * layout of PDQ (Facebook, "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm", 2019), but with the bit at zero and not
 * at the median: so the bits of the mirrored and turned picture follow from those of the upright one, as mirroring turns the sign of the odd
 * frequencies and transposing swaps rows and columns.
 *
 * <p>Decision 0010 has the bounds of likeness and what they were measured on.
 */
final class PictureHash {
    private static final int GRID = 64;
    private static final int FREQUENCIES = 16;
    private static final int ROWS_A_WORD = Long.SIZE / FREQUENCIES;

    /** Root mean square of the frequencies, in grey levels of an orthonormal transform; the emptiest rendered belt has 1.8. */
    private static final double PLAIN = 1;

    /** Bits of the odd frequencies along a row, and along a column. */
    private static final long ODD_COLUMNS = 0x5555_5555_5555_5555L;

    private static final long ODD_ROWS = 0x0000_FFFF_0000_FFFFL;

    private static final double[][] COSINES = cosines();

    private final long[] words;

    private PictureHash(long[] words) {
        this.words = words;
    }

    /** Nothing for a picture that is plain all over: its signs would be those of noise. */
    static Optional<PictureHash> of(SmallPicture picture) {
        double[] brightness = picture.brightness(GRID);
        double[][] alongRows = new double[GRID][FREQUENCIES];
        for (int row = 0; row < GRID; row++) {
            for (int v = 0; v < FREQUENCIES; v++) {
                for (int column = 0; column < GRID; column++) {
                    alongRows[row][v] += COSINES[v][column] * brightness[row * GRID + column];
                }
            }
        }
        PictureHash hash = new PictureHash(new long[FREQUENCIES / ROWS_A_WORD]);
        double squares = 0;
        for (int u = 0; u < FREQUENCIES; u++) {
            for (int v = 0; v < FREQUENCIES; v++) {
                double frequency = 0;
                for (int row = 0; row < GRID; row++) {
                    frequency += COSINES[u][row] * alongRows[row][v];
                }
                squares += frequency * frequency;
                if (frequency > 0) {
                    hash.set(u, v);
                }
            }
        }
        return Math.sqrt(squares) < PLAIN * FREQUENCIES ? Optional.empty() : Optional.of(hash);
    }

    /** In how many bits they differ, 0..256; about 128 for pictures that have nothing to do with each other. */
    int distance(PictureHash other) {
        int distance = 0;
        for (int i = 0; i < words.length; i++) {
            distance += Long.bitCount(words[i] ^ other.words[i]);
        }
        return distance;
    }

    /** The hashes of this picture mirrored and turned by quarters: the seven ways to lay it that are not its own. */
    List<PictureHash> turnedAndMirrored() {
        PictureHash transposed = transposed();
        List<PictureHash> others = new ArrayList<>(List.of(transposed));
        for (PictureHash hash : List.of(this, transposed)) {
            others.add(hash.flipped(ODD_COLUMNS));
            others.add(hash.flipped(ODD_ROWS));
            others.add(hash.flipped(ODD_COLUMNS ^ ODD_ROWS));
        }
        return others;
    }

    private PictureHash flipped(long mask) {
        long[] flipped = words.clone();
        for (int i = 0; i < flipped.length; i++) {
            flipped[i] ^= mask;
        }
        return new PictureHash(flipped);
    }

    private PictureHash transposed() {
        PictureHash transposed = new PictureHash(new long[words.length]);
        for (int u = 0; u < FREQUENCIES; u++) {
            for (int v = 0; v < FREQUENCIES; v++) {
                if ((words[u / ROWS_A_WORD] & bit(u, v)) != 0) {
                    transposed.set(v, u);
                }
            }
        }
        return transposed;
    }

    private void set(int u, int v) {
        words[u / ROWS_A_WORD] |= bit(u, v);
    }

    private static long bit(int u, int v) {
        return 1L << (u % ROWS_A_WORD * FREQUENCIES + v);
    }

    /** Of the frequencies 1..16: row 0 is the frequency 1. */
    private static double[][] cosines() {
        double[][] cosines = new double[FREQUENCIES][GRID];
        for (int u = 0; u < FREQUENCIES; u++) {
            for (int x = 0; x < GRID; x++) {
                cosines[u][x] = Math.sqrt(2.0 / GRID) * Math.cos(Math.PI * (u + 1) * (2 * x + 1) / (2 * GRID));
            }
        }
        return cosines;
    }
}
