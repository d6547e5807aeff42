// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.picture;

import java.io.ByteArrayOutputStream;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/**
 * The Huffman tables of ITU T.81, annex K, for JPEGs that come without any, as many cameras make them: those of USB by their standard, and
 * network cameras to save 420 bytes. Decoders of such streams know the tables; those of files refuse the picture. Pure.
 */
public final class HuffmanTables {
    private static final int SOI_BYTES = 2;
    private static final int LENGTH_BYTES = 2;
    private static final int MARKER = 0xFF;
    private static final int BASELINE = 0xC0;
    private static final int EXTENDED = 0xC1;
    private static final int TABLES = 0xC4;
    private static final int ARITHMETIC_CONDITIONING = 0xCC;
    private static final int FIRST_OTHER_FRAME = 0xC2;
    private static final int LAST_FRAME = 0xCF;
    private static final int SCAN = 0xDA;
    private static final int END = 0xD9;
    private static final int BITS_OF_THE_TABLES = 8;
    private static final int LONGEST_CODE = 16;
    private static final int AC = 0x10;

    private static final byte[] SEGMENT = segment();

    private HuffmanTables() {}

    /**
     * The picture with the standard tables before its first scan; the same array where nothing is to be done: it has tables, is of another
     * process than sequential Huffman coding of 8 bits, or has no scan at all.
     *
     * @param jpeg not changed
     */
    public static byte[] completed(byte[] jpeg) {
        int scan = scanWithoutTables(jpeg);
        if (scan < 0) {
            return jpeg;
        }
        byte[] whole = new byte[jpeg.length + SEGMENT.length];
        System.arraycopy(jpeg, 0, whole, 0, scan);
        System.arraycopy(SEGMENT, 0, whole, scan, SEGMENT.length);
        System.arraycopy(jpeg, scan, whole, scan + SEGMENT.length, jpeg.length - scan);
        return whole;
    }

    /** Where the first scan begins, of a picture that needs the tables; else -1. */
    private static int scanWithoutTables(byte[] jpeg) {
        boolean sequential = false;
        int at = SOI_BYTES;
        while (at + 1 < jpeg.length && (jpeg[at] & 0xFF) == MARKER) {
            int marker = jpeg[at + 1] & 0xFF;
            if (marker == MARKER) {
                at++;
                continue;
            }
            if (marker == SCAN) {
                return sequential ? at : -1;
            }
            boolean otherFrame =
                    marker >= FIRST_OTHER_FRAME && marker <= LAST_FRAME && marker != ARITHMETIC_CONDITIONING;
            if (marker == TABLES || marker == END || otherFrame || at + 2 + LENGTH_BYTES >= jpeg.length) {
                return -1;
            }
            if (marker == BASELINE || marker == EXTENDED) {
                sequential = jpeg[at + 2 + LENGTH_BYTES] == BITS_OF_THE_TABLES;
            }
            at += 2 + (((jpeg[at + 2] & 0xFF) << 8) | (jpeg[at + 3] & 0xFF));
        }
        return -1;
    }

    private static byte[] segment() {
        var tables = new ByteArrayOutputStream();
        add(tables, 0, JPEGHuffmanTable.StdDCLuminance);
        add(tables, AC, JPEGHuffmanTable.StdACLuminance);
        add(tables, 1, JPEGHuffmanTable.StdDCChrominance);
        add(tables, AC | 1, JPEGHuffmanTable.StdACChrominance);
        var segment = new ByteArrayOutputStream();
        segment.write(MARKER);
        segment.write(TABLES);
        int length = LENGTH_BYTES + tables.size();
        segment.write(length >> 8);
        segment.write(length);
        segment.writeBytes(tables.toByteArray());
        return segment.toByteArray();
    }

    private static void add(ByteArrayOutputStream tables, int place, JPEGHuffmanTable table) {
        tables.write(place);
        short[] lengths = table.getLengths();
        for (int length = 0; length < LONGEST_CODE; length++) {
            tables.write(length < lengths.length ? lengths[length] : 0);
        }
        for (short value : table.getValues()) {
            tables.write(value);
        }
    }
}
