// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.integrity;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One of a JPEG's Huffman tables, laid out so that most codes are found by the next {@value #LOOK_UP_BITS} bits. Not changed once it is
 * made.
 */
final class HuffmanCodes {
    static final int LOOK_UP_BITS = 10;

    /** A coefficient takes five bits or so, and two are stepped over at once. */
    static final int STEP_BITS = 12;

    static final int LONGEST = 16;

    /** Has no code. */
    static final HuffmanCodes NONE = new HuffmanCodes(new int[LONGEST + 1], new int[0]);

    private static final int MOST_KNOWN = 64;
    /** Laid out before, by what a JPEG says of them. */
    private static final Map<ByteBuffer, HuffmanCodes> KNOWN = new ConcurrentHashMap<>();

    /** By the next bits: the code's length and its symbol, or 0 where it is longer or does not exist. */
    final short[] symbols = new short[1 << LOOK_UP_BITS];
    /**
     * By the next bits: in the lower half the {@linkplain #step step} over the next coefficient, in the upper half that over it and the one
     * behind it where both lie in these bits; 0 where not even the first code does.
     */
    final int[] steps = new int[1 << STEP_BITS];

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
        layOutSteps();
    }

    private void layOutSteps() {
        for (int next = 0; next < steps.length; next++) {
            int first = nextStep(next, STEP_BITS);
            int left = STEP_BITS - bits(first);
            int second = first == 0 || left <= 0 ? 0 : nextStep((next << bits(first)) & (steps.length - 1), left);
            boolean both = bits(first) + bits(second) <= Integer.SIZE;
            steps[next] = ((first + (both ? second : 0)) << 16) | first;
        }
    }

    /** The step over the next coefficient, or 0 where its code does not lie in so many of these bits. */
    private int nextStep(int next, int known) {
        int found = symbols[next >> (STEP_BITS - LOOK_UP_BITS)];
        return found == 0 || found >> 8 > known ? 0 : step(found >> 8, found & 0xFF);
    }

    /** Bits that a step takes. */
    static int bits(int step) {
        return (step >> 8) & 0xFF;
    }

    /** Coefficients that a step leads on by. */
    static int leadsOn(int step) {
        return step & 0xFF;
    }

    /** Bits of code and value, and coefficients led on by: past every block at its end. */
    static int step(int length, int symbol) {
        int size = symbol & 0xF;
        int run = symbol >> 4;
        int on = size > 0 || run == 15 ? run + 1 : 2 * JpegFrame.BLOCK;
        return ((length + size) << 8) | on;
    }
}
