// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.integrity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a JPEG's frame header says: how large the picture is and of which components it is made. */
final class JpegFrame {
    /** Coefficients of a block. */
    static final int BLOCK = 64;

    private static final int MOST_SAMPLES = 4;

    /** Whether its scans go over it in passes. */
    final boolean progressive;

    private final Component[] components;
    /** Units of a scan of several components, in a row and in all rows. */
    final int unitsAcross;

    final int unitsDown;
    /** Pixels of such a unit. */
    final int unitWidth;

    final int unitHeight;

    /** A component, and how far the scans have come in it. */
    static final class Component {
        final int id;
        /** Blocks of it in a unit, side by side and one above the other. */
        final int horizontal;

        final int vertical;
        /** Number of its quantisation table, 0 to 3. */
        final int table;

        int blocksAcross;
        int blocksDown;
        /** The level of its last block, in the table's steps. */
        int dc;
        /** Of the unit in hand the levels of its first block and of the first one in its lowest row, and the sum of all. */
        int top;

        int bottom;
        int sum;
        /** What a step is worth in grey levels. */
        float step;
        /** Mean level of each unit's first block and of the first one in its lowest row, in grey levels. */
        float[] tops = {};

        float[] bottoms = {};
        HuffmanCodes dcCodes = HuffmanCodes.NONE;
        HuffmanCodes acCodes = HuffmanCodes.NONE;
        /** A bit for each coefficient that is not zero, a word for each block; only where the JPEG is progressive. */
        long[] nonZero = {};

        Component(int id, int horizontal, int vertical, int table) {
            this.id = id;
            this.horizontal = horizontal;
            this.vertical = vertical;
            this.table = table;
        }

        /** One of the blocks of its unit was passed over. */
        void passed(int block, int blocks) {
            if (block == 0) {
                top = dc;
                sum = 0;
            }
            if (block == lowest(blocks)) {
                bottom = dc;
            }
            sum += dc;
        }

        /** The first block in the lowest row of a unit of so many. */
        int lowest(int blocks) {
            return Math.max(0, blocks - horizontal);
        }
    }

    private JpegFrame(int width, int height, boolean progressive, Component[] components) {
        this.progressive = progressive;
        this.components = components;
        int mostHorizontal = 1;
        int mostVertical = 1;
        for (Component component : components) {
            mostHorizontal = Math.max(mostHorizontal, component.horizontal);
            mostVertical = Math.max(mostVertical, component.vertical);
        }
        unitWidth = 8 * mostHorizontal;
        unitHeight = 8 * mostVertical;
        unitsAcross = ceil(width, unitWidth);
        unitsDown = ceil(height, unitHeight);
        for (Component component : components) {
            component.blocksAcross = ceil(ceil(width * component.horizontal, mostHorizontal), 8);
            component.blocksDown = ceil(ceil(height * component.vertical, mostVertical), 8);
            if (progressive) {
                component.nonZero = new long[component.blocksAcross * component.blocksDown];
            }
        }
    }

    /**
     * Reads a frame header.
     *
     * @param from where its content begins, behind its length
     * @param to where it ends
     * @return nothing where it makes no sense
     */
    static Optional<JpegFrame> read(byte[] image, int from, int to, boolean progressive) {
        if (to - from < 6 || to - from < 6 + 3 * unsigned(image, from + 5)) {
            return Optional.empty();
        }
        int height = unsigned16(image, from + 1);
        int width = unsigned16(image, from + 3);
        Component[] components = new Component[unsigned(image, from + 5)];
        for (int i = 0; i < components.length; i++) {
            int entry = from + 6 + 3 * i;
            int sampling = unsigned(image, entry + 1);
            var component =
                    new Component(unsigned(image, entry), sampling >> 4, sampling & 0xF, unsigned(image, entry + 2));
            if (component.horizontal < 1
                    || component.horizontal > MOST_SAMPLES
                    || component.vertical < 1
                    || component.vertical > MOST_SAMPLES
                    || component.table > 3) {
                return Optional.empty();
            }
            components[i] = component;
        }
        return Optional.of(new JpegFrame(width, height, progressive, components));
    }

    @Nullable Component component(int id) {
        for (Component component : components) {
            if (component.id == id) {
                return component;
            }
        }
        return null;
    }

    /** Whether a scan of these components goes over all blocks of the picture, unit by unit. */
    boolean isWholeIn(Component[] scanned) {
        boolean sameUnits = scanned.length > 1 || (scanned[0].horizontal == 1 && scanned[0].vertical == 1);
        return sameUnits && scanned.length == components.length;
    }

    private static int unsigned(byte[] image, int index) {
        return image[index] & 0xFF;
    }

    private static int unsigned16(byte[] image, int index) {
        return (unsigned(image, index) << 8) | unsigned(image, index + 1);
    }

    private static int ceil(int number, int by) {
        return (number + by - 1) / by;
    }
}
