// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.integrity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the entropy-coded data of a JPEG (ITU-T T.81, baseline, extended and progressive with Huffman codes) without decoding it, to
 * find what the decoder paints over in grey or in the wrong colours and calls a warning: a code that does not exist, a block of more than 64
 * coefficients, a picture that ends before its data or after it, a {@linkplain LevelStep step} in
 * brightness from one block on. What decoders agree to skip is no damage:
 * bytes that belong to nothing before a marker, fill bytes, restart markers at the end.
 *
 * <p>What changes a value and leaves the code in step cannot be seen: a JPEG has no checksum.
 */
public final class JpegIntegrity {
    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int BLOCK = 64;
    private static final int LOOK_UP_BITS = 10;
    /** Real ones have up to twenty. Each goes over all blocks again, however few bytes it has. */
    private static final int MOST_SCANS = 100;

    private final byte[] image;
    /** The next byte. */
    private int at = 2;

    private boolean progressive;
    private int width;
    private int height;
    private int mostHorizontal = 1;
    private int mostVertical = 1;
    private Component[] components = {};
    private final int[] dcSteps = {1, 1, 1, 1};
    private final @Nullable Codes[] dcCodes = new Codes[4];
    private final @Nullable Codes[] acCodes = new Codes[4];
    private int restartInterval;

    // The bit reader: the next bits stand highest.
    private long buffer;
    private int bits;
    /** Of these bits so many are zeros that stand for what is missing. */
    private int missing;

    private int endOfBandRun;

    private static final class Component {
        final int id;
        final int horizontal;
        final int vertical;
        final int table;
        int blocksAcross;
        int blocksDown;
        int dc;
        /** Mean level of each unit's first block and of the first one in its lowest row, in grey levels. */
        float[] tops = {};

        float[] bottoms = {};
        Codes dcCodes = Codes.NONE;
        Codes acCodes = Codes.NONE;
        /** A bit for each coefficient that is not zero, a word for each block; only where the JPEG is progressive. */
        long[] nonZero = {};

        Component(int id, int horizontal, int vertical, int table) {
            this.id = id;
            this.horizontal = horizontal;
            this.vertical = vertical;
            this.table = table;
        }
    }

    /** A Huffman table. */
    private static final class Codes {
        static final Codes NONE = new Codes(new int[17], new int[0]);
        /** By the next bits: the code's length and its symbol, or 0 where it is longer or does not exist. */
        final short[] symbols = new short[1 << LOOK_UP_BITS];
        /** By the next bits: all bits of the coefficient and how far it leads, or 0. */
        final short[] steps = new short[1 << LOOK_UP_BITS];

        final int[] firstCode = new int[18];
        final int[] firstIndex = new int[18];
        final int[] counts;
        final int[] values;

        Codes(int[] counts, int[] values) {
            this.counts = counts;
            this.values = values;
            int code = 0;
            int index = 0;
            for (int length = 1; length <= 16; length++) {
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
            int on = size > 0 || run == 15 ? run + 1 : 2 * BLOCK;
            return ((length + size) << 8) | on;
        }
    }

    private static final class Damage extends Exception {
        final String what;

        Damage(String what) {
            super(what, null, false, false);
            this.what = what;
        }
    }

    private JpegIntegrity(byte[] image) {
        this.image = image;
    }

    /**
     * Looks for damage.
     *
     * @param image a JPEG whose header was found sound
     * @return what is damaged, for people; empty where nothing is, or where the JPEG is of a kind that is not looked into
     */
    public static Optional<String> damage(byte[] image) {
        try {
            new JpegIntegrity(image).walk();
            return Optional.empty();
        } catch (Damage e) {
            return Optional.of(e.what);
        }
    }

    private void walk() throws Damage {
        int scans = 0;
        while (true) {
            int marker = nextMarker();
            if (marker < 0 || marker == END_OF_IMAGE) {
                return;
            }
            if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
                continue;
            }
            if (at + 2 > image.length) {
                return;
            }
            int from = at + 2;
            int to = at + unsigned16(at);
            if (to < from || to > image.length) {
                return;
            }
            at = to;
            boolean known =
                    switch (marker) {
                        case 0xC0, 0xC1 -> frame(from, to, false);
                        case 0xC2 -> frame(from, to, true);
                        case 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF -> false;
                        case 0xC4 -> huffman(from, to);
                        case 0xDB -> quantisation(from, to);
                        case 0xDD -> {
                            restartInterval = to - from >= 2 ? unsigned16(from) : 0;
                            yield true;
                        }
                        case START_OF_SCAN -> {
                            if (++scans > MOST_SCANS) {
                                throw new Damage("it has more than " + MOST_SCANS + " scans");
                            }
                            yield scan(from, to);
                        }
                        default -> true;
                    };
            if (!known) {
                return;
            }
        }
    }

    /** Moves behind the next marker, over bytes that belong to none. */
    private int nextMarker() {
        while (at + 1 < image.length) {
            if (isMarker()) {
                at += 2;
                return image[at - 1] & 0xFF;
            }
            at++;
        }
        return -1;
    }

    private boolean frame(int from, int to, boolean inPasses) {
        if (components.length > 0 || to - from < 6 || to - from < 6 + 3 * unsigned(from + 5)) {
            return false;
        }
        progressive = inPasses;
        height = unsigned16(from + 1);
        width = unsigned16(from + 3);
        components = new Component[unsigned(from + 5)];
        for (int i = 0; i < components.length; i++) {
            int entry = from + 6 + 3 * i;
            int sampling = unsigned(entry + 1);
            components[i] = new Component(unsigned(entry), sampling >> 4, sampling & 0xF, unsigned(entry + 2));
            if (components[i].horizontal < 1
                    || components[i].horizontal > 4
                    || components[i].vertical < 1
                    || components[i].vertical > 4
                    || components[i].table > 3) {
                return false;
            }
            mostHorizontal = Math.max(mostHorizontal, components[i].horizontal);
            mostVertical = Math.max(mostVertical, components[i].vertical);
        }
        for (Component component : components) {
            component.blocksAcross = ceil(ceil(width * component.horizontal, mostHorizontal), 8);
            component.blocksDown = ceil(ceil(height * component.vertical, mostVertical), 8);
            if (progressive) {
                component.nonZero = new long[component.blocksAcross * component.blocksDown];
            }
        }
        return true;
    }

    private boolean huffman(int from, int to) {
        int entry = from;
        while (entry + 17 <= to) {
            int which = unsigned(entry);
            int[] counts = new int[17];
            int sum = 0;
            for (int length = 1; length <= 16; length++) {
                counts[length] = unsigned(entry + length);
                sum += counts[length];
            }
            if ((which & 0xEC) != 0 || sum > 256 || entry + 17 + sum > to) {
                return false;
            }
            int[] values = new int[sum];
            for (int i = 0; i < sum; i++) {
                values[i] = unsigned(entry + 17 + i);
            }
            (which >> 4 == 0 ? dcCodes : acCodes)[which & 3] = new Codes(counts, values);
            entry += 17 + sum;
        }
        return true;
    }

    private boolean quantisation(int from, int to) {
        int entry = from;
        while (entry < to) {
            int precision = unsigned(entry) >> 4;
            int length = 1 + BLOCK * (precision + 1);
            if (precision > 1 || (unsigned(entry) & 0xF) > 3 || entry + length > to) {
                return false;
            }
            dcSteps[unsigned(entry) & 3] = precision == 0 ? unsigned(entry + 1) : unsigned16(entry + 1);
            entry += length;
        }
        return true;
    }

    private boolean scan(int from, int to) throws Damage {
        int count = to - from < 1 ? 0 : unsigned(from);
        if (count < 1 || count > 4 || to - from < 4 + 2 * count) {
            return false;
        }
        int first = unsigned(from + 1 + 2 * count);
        int last = unsigned(from + 2 + 2 * count);
        boolean refining = unsigned(from + 3 + 2 * count) >> 4 > 0;
        if (first > last || last >= BLOCK || (progressive && first > 0 && count > 1)) {
            return false;
        }
        Component[] scanned = new Component[count];
        for (int i = 0; i < count; i++) {
            int tables = unsigned(from + 2 + 2 * i);
            Component found = component(unsigned(from + 1 + 2 * i));
            if (found == null || (tables & 0xCC) != 0) {
                return false;
            }
            Codes dc = dcCodes[tables >> 4];
            Codes ac = acCodes[tables & 3];
            if ((dc == null && first == 0 && !refining) || (ac == null && (!progressive || first > 0))) {
                return false;
            }
            found.dcCodes = dc == null ? Codes.NONE : dc;
            found.acCodes = ac == null ? Codes.NONE : ac;
            scanned[i] = found;
        }
        boolean alone = count == 1;
        int across = alone ? scanned[0].blocksAcross : ceil(width, 8 * mostHorizontal);
        int down = alone ? scanned[0].blocksDown : ceil(height, 8 * mostVertical);
        int units = across * down;
        int interval = restartInterval == 0 ? units : restartInterval;
        boolean levels = first == 0 && !refining;
        for (Component component : scanned) {
            if (levels) {
                component.tops = new float[units];
                component.bottoms = alone ? component.tops : new float[units];
            }
        }
        for (int unit = 0; unit < units; unit++) {
            if (unit % interval == 0) {
                if (unit > 0) {
                    restart((unit / interval - 1) & 7);
                }
                begin(scanned);
            }
            if (alone) {
                block(scanned[0], unit, first, last, refining);
                if (levels) {
                    scanned[0].tops[unit] = level(scanned[0]);
                }
            } else {
                for (Component component : scanned) {
                    int blocks = component.horizontal * component.vertical;
                    for (int i = 0; i < blocks; i++) {
                        block(component, 0, first, last, refining);
                        if (levels && i == 0) {
                            component.tops[unit] = level(component);
                        }
                        if (levels && i == blocks - component.horizontal) {
                            component.bottoms[unit] = level(component);
                        }
                    }
                }
            }
            if (missing > bits) {
                throw new Damage("its data end at byte " + at + ", before the picture does");
            }
        }
        end();
        for (Component component : scanned) {
            if (levels && LevelStep.isIn(component.tops, component.bottoms, across)) {
                throw new Damage("its blocks are all lighter or darker by the same amount from some place on");
            }
        }
        return true;
    }

    private float level(Component component) {
        return component.dc * dcSteps[component.table] / 8f;
    }

    private @Nullable Component component(int id) {
        for (Component component : components) {
            if (component.id == id) {
                return component;
            }
        }
        return null;
    }

    private void begin(Component[] scanned) {
        buffer = 0;
        bits = 0;
        missing = 0;
        endOfBandRun = 0;
        for (Component component : scanned) {
            component.dc = 0;
        }
    }

    private void restart(int number) throws Damage {
        end();
        int marker = nextMarker();
        if (marker != 0xD0 + number) {
            throw new Damage("restart marker " + number + " is missing before byte " + at);
        }
    }

    /** Moves to the next marker, over bytes that belong to nothing. */
    private void end() throws Damage {
        int left = bits - missing;
        int padded = left % 8;
        long padding = padded == 0 ? 0 : buffer >>> (Long.SIZE - padded);
        int start = at;
        while (at + 1 < image.length && !isMarker()) {
            at++;
        }
        // An encoder fills the last byte with ones, some with zeros. Where neither is so, what follows are data that
        // the picture should have had.
        if (left / 8 + at - start > 0 && padding != 0 && padding != (1L << padded) - 1) {
            throw new Damage("its data go on after the picture has ended, before byte " + at);
        }
    }

    private boolean isMarker() {
        return image[at] == (byte) 0xFF && image[at + 1] != 0 && image[at + 1] != (byte) 0xFF;
    }

    private void block(Component component, int index, int first, int last, boolean refining) throws Damage {
        if (!progressive) {
            dc(component);
            ac(component.acCodes);
        } else if (first == 0) {
            if (refining) {
                skip(1);
            } else {
                dc(component);
            }
        } else if (refining) {
            refine(component, index, first, last);
        } else {
            band(component, index, first, last);
        }
    }

    private void dc(Component component) throws Damage {
        int size = symbol(component.dcCodes);
        if (size > 16) {
            throw new Damage("it has a brightness of " + size + " bits before byte " + at);
        }
        if (size > 0) {
            int value = take(size);
            component.dc += value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
        }
    }

    private void ac(Codes codes) throws Damage {
        short[] steps = codes.steps;
        int k = 1;
        while (k < BLOCK) {
            if (bits < 32) {
                fill();
            }
            int step = steps[(int) (buffer >>> (Long.SIZE - LOOK_UP_BITS))];
            if (step == 0) {
                step = longStep(codes);
            }
            buffer <<= step >> 8;
            bits -= step >> 8;
            k += step & 0xFF;
        }
        if (k > BLOCK && k < 2 * BLOCK) {
            throw new Damage("a block has more than 64 coefficients before byte " + at);
        }
    }

    private int longStep(Codes codes) throws Damage {
        long saved = buffer;
        int savedBits = bits;
        int symbol = symbol(codes);
        int length = savedBits - bits;
        buffer = saved;
        bits = savedBits;
        return Codes.step(length, symbol);
    }

    private void band(Component component, int index, int first, int last) throws Damage {
        if (endOfBandRun > 0) {
            endOfBandRun--;
            return;
        }
        int k = first;
        while (k <= last) {
            int symbol = symbol(component.acCodes);
            int run = symbol >> 4;
            int size = symbol & 0xF;
            if (size == 0 && run < 15) {
                endOfBandRun = (1 << run) - 1 + take(run);
                return;
            }
            k += run;
            if (k > last) {
                throw new Damage("a block has more coefficients than its scan before byte " + at);
            }
            if (size > 0) {
                skip(size);
                component.nonZero[index] |= 1L << k;
            }
            k++;
        }
    }

    private void refine(Component component, int index, int first, int last) throws Damage {
        long known = component.nonZero[index];
        int k = first;
        if (endOfBandRun == 0) {
            while (k <= last) {
                int symbol = symbol(component.acCodes);
                int run = symbol >> 4;
                int size = symbol & 0xF;
                if (size == 0 && run < 15) {
                    endOfBandRun = (1 << run) + take(run);
                    break;
                }
                skip(size > 0 ? 1 : 0);
                while (k <= last) {
                    if (((known >> k) & 1) != 0) {
                        skip(1);
                    } else if (--run < 0) {
                        break;
                    }
                    k++;
                }
                if (size > 0) {
                    if (k > last) {
                        throw new Damage("a block has more coefficients than its scan before byte " + at);
                    }
                    component.nonZero[index] |= 1L << k;
                }
                k++;
            }
        }
        if (endOfBandRun > 0) {
            for (; k <= last; k++) {
                skip((int) ((known >> k) & 1));
            }
            endOfBandRun--;
        }
    }

    private int symbol(Codes codes) throws Damage {
        if (bits < 32) {
            fill();
        }
        int found = codes.symbols[(int) (buffer >>> (Long.SIZE - LOOK_UP_BITS))];
        if (found != 0) {
            skip(found >> 8);
            return found & 0xFF;
        }
        for (int length = LOOK_UP_BITS + 1; length <= 16; length++) {
            int offset = (int) (buffer >>> (Long.SIZE - length)) - codes.firstCode[length];
            if (offset >= 0 && offset < codes.counts[length]) {
                skip(length);
                return codes.values[codes.firstIndex[length] + offset];
            }
        }
        throw new Damage("it has a code that does not exist before byte " + at);
    }

    /** The next bits, at most 16. */
    private int take(int count) {
        if (count == 0) {
            return 0;
        }
        if (bits < count) {
            fill();
        }
        int value = (int) (buffer >>> (Long.SIZE - count));
        skip(count);
        return value;
    }

    private void skip(int count) {
        if (bits < count) {
            fill();
        }
        buffer <<= count;
        bits -= count;
    }

    /** At least 32 bits. */
    private void fill() {
        while (bits <= Long.SIZE - 8) {
            int next;
            if (at >= image.length) {
                next = 0;
                missing += 8;
            } else {
                next = image[at] & 0xFF;
                if (next != 0xFF) {
                    at++;
                } else {
                    int behind = at + 1;
                    while (behind < image.length && image[behind] == (byte) 0xFF) {
                        behind++;
                    }
                    if (behind < image.length && image[behind] == 0) {
                        at = behind + 1;
                    } else {
                        next = 0;
                        missing += 8;
                    }
                }
            }
            buffer |= (long) next << (Long.SIZE - 8 - bits);
            bits += 8;
        }
    }

    private int unsigned(int index) {
        return image[index] & 0xFF;
    }

    private int unsigned16(int index) {
        return (unsigned(index) << 8) | unsigned(index + 1);
    }

    private static int ceil(int number, int by) {
        return (number + by - 1) / by;
    }
}
