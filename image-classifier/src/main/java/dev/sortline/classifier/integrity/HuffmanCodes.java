// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.integrity;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One of a JPEG's Huffman tables, laid out so that most codes are found by the next {@value #LOOK_UP_BITS} bits. Not changed once it is
 * made.
 */
final class HuffmanCodes {
    static final int LOOK_UP_BITS = 10;

    /** A coefficient takes five bits or so, and as many as lie in these bits are stepped over at once. */
    static final int STEP_BITS = 12;

    static final int LONGEST = 16;

    /** What the longest step takes: the bits by which it is found, and all of the longest value behind them. */
    static final int LONGEST_STEP = STEP_BITS + 15;

    /** In the place of coefficients led on by: more than any block has. */
    private static final int NOT_KNOWN = JpegFrame.BLOCK;

    private static final int BLOCK_ENDS = 2 * JpegFrame.BLOCK;

    /** Has no code. */
    static final HuffmanCodes NONE = new HuffmanCodes(new int[LONGEST + 1], new int[0]);

    private static final int MOST_KNOWN = 64;
    /** Laid out before, by what a JPEG says of them. */
    private static final Map<ByteBuffer, HuffmanCodes> KNOWN = new ConcurrentHashMap<>();

    /** By the next bits: the code's length and its symbol, or 0 where it is longer or does not exist. */
    final short[] symbols = new short[1 << LOOK_UP_BITS];
    /** Laid out when somebody asks: a table is of the levels or of the other coefficients, and some cameras have other tables in each picture. */
    private volatile int @Nullable [] steps;

    private volatile int @Nullable [] levels;

    /** By length. */
    final int[] firstCode = new int[LONGEST + 2];

    final int[] firstIndex = new int[LONGEST + 2];
    final int[] counts;
    final int[] values;

    /**
     * Codes as a JPEG tells them.
     *
     * @param table how many codes there are of each length, a byte each for 1 to {@value #LONGEST}, and their symbols in the order of the
     *     codes; not to be changed any more
     */
    static HuffmanCodes of(ByteBuffer table) {
        HuffmanCodes known = KNOWN.get(table);
        if (known != null) {
            return known;
        }
        if (KNOWN.size() >= MOST_KNOWN) {
            // Cameras have few tables, and most have the same four; who optimises them for each picture must not fill
            // the memory.
            KNOWN.clear();
        }
        int[] counts = new int[LONGEST + 1];
        for (int length = 1; length <= LONGEST; length++) {
            counts[length] = table.get(length - 1) & 0xFF;
        }
        int[] values = new int[table.limit() - LONGEST];
        for (int i = 0; i < values.length; i++) {
            values[i] = table.get(LONGEST + i) & 0xFF;
        }
        var codes = new HuffmanCodes(counts, values);
        KNOWN.put(table, codes);
        return codes;
    }

    private HuffmanCodes(int[] counts, int[] values) {
        this.counts = counts;
        this.values = values;
        int code = 0;
        int index = 0;
        for (int length = 1; length <= LONGEST; length++) {
            firstCode[length] = code;
            firstIndex[length] = index;
            for (int i = 0; i < counts[length] && length <= LOOK_UP_BITS; i++) {
                int from = (code + i) << (LOOK_UP_BITS - length);
                int to = Math.min(from + (1 << (LOOK_UP_BITS - length)), 1 << LOOK_UP_BITS);
                int symbol = values[index + i];
                for (int entry = from; entry < to; entry++) {
                    symbols[entry] = (short) ((length << 8) | symbol);
                }
            }
            code = (code + counts[length]) << 1;
            index += counts[length];
        }
    }

    /**
     * Of a block's level, by the next {@value #LOOK_UP_BITS} bits: in the lowest byte how many bits code and difference take, above it the
     * difference to the block before; 0 where not both lie in these bits. Not to be changed.
     */
    int[] levels() {
        int[] known = levels;
        if (known == null) {
            known = laidOutLevels();
            levels = known;
        }
        return known;
    }

    /**
     * By the next {@value #STEP_BITS} bits the {@linkplain #step step} over all coefficients whose codes lie in these bits, up to the last of
     * the block. Not to be changed.
     */
    int[] steps() {
        int[] known = steps;
        if (known == null) {
            known = laidOutSteps();
            steps = known;
        }
        return known;
    }

    private int[] laidOutLevels() {
        int[] levels = new int[1 << LOOK_UP_BITS];
        for (int next = 0; next < levels.length; next++) {
            int length = symbols[next] >> 8;
            int size = symbols[next] & 0xFF;
            if (length > 0 && length + size <= LOOK_UP_BITS) {
                int value = (next >> (LOOK_UP_BITS - length - size)) & ((1 << size) - 1);
                levels[next] = (difference(value, size) << 8) | (length + size);
            }
        }
        return levels;
    }

    /** What so many bits mean as a difference of levels (T.81, F.2.2.1). */
    static int difference(int value, int size) {
        return size == 0 || value >= 1 << (size - 1) ? value : value - (1 << size) + 1;
    }

    private int[] laidOutSteps() {
        int[] steps = new int[1 << STEP_BITS];
        for (int next = 0; next < steps.length; next++) {
            int taken = 0;
            int before = NOT_KNOWN;
            int on = 0;
            while (on < BLOCK_ENDS && taken < STEP_BITS) {
                int found = symbols[((next << taken) & (steps.length - 1)) >> (STEP_BITS - LOOK_UP_BITS)];
                int length = found >> 8;
                if (length == 0 || taken + length > STEP_BITS) {
                    break;
                }
                before = on;
                on += leadsOn(found & 0xFF);
                taken += length + size(found & 0xFF);
            }
            steps[next] = step(taken, before, on);
        }
        return steps;
    }

    /**
     * A step over coefficients.
     *
     * @param taken bits of codes and values, at most {@value #LONGEST_STEP}
     * @param before coefficients led on by all but the last, which must still be of the block; or {@link #NOT_KNOWN}
     * @param on coefficients led on by all
     */
    private static int step(int taken, int before, int on) {
        return (on << 16) | (before << 8) | taken;
    }

    /** Bits of the value behind the code of a coefficient. */
    static int size(int symbol) {
        return symbol & 0xF;
    }

    /** Coefficients that a code leads on by: past every block at its end. */
    static int leadsOn(int symbol) {
        int run = symbol >> 4;
        return size(symbol) > 0 || run == 15 ? run + 1 : BLOCK_ENDS;
    }
}
