// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.integrity;

/**
 * One of a JPEG's Huffman tables, laid out so that most codes are found by the next {@value #LOOK_UP_BITS} bits. Not changed once it is
 * made.
 */
final class HuffmanCodes {
    static final int LOOK_UP_BITS = 10;

    static final int LONGEST = 16;

    /** Has no code. */
    static final HuffmanCodes NONE = new HuffmanCodes(new int[LONGEST + 1], new int[0]);

    /** By the next bits: the code's length and its symbol, or 0 where it is longer or does not exist. */
    final short[] symbols = new short[1 << LOOK_UP_BITS];
    /** By the next bits: all bits of the coefficient and how far it leads, or 0. */
    final short[] steps = new short[1 << LOOK_UP_BITS];

    /** By length. */
    final int[] firstCode = new int[LONGEST + 2];

    final int[] firstIndex = new int[LONGEST + 2];
    final int[] counts;
    final int[] values;

    /**
     * @param counts how many codes there are of each length, 1 to {@value #LONGEST}
     * @param values their symbols, in the order of the codes
     */
    HuffmanCodes(int[] counts, int[] values) {
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
                    steps[entry] = (short) step(length, symbol);
                }
            }
            code = (code + counts[length]) << 1;
            index += counts[length];
        }
    }

    /** Bits of code and value, and coefficients led on by: past every block at its end. */
    static int step(int length, int symbol) {
        int size = symbol & 0xF;
        int run = symbol >> 4;
        int on = size > 0 || run == 15 ? run + 1 : 2 * JpegFrame.BLOCK;
        return ((length + size) << 8) | on;
    }
}
