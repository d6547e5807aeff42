// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.integrity;

import dev.sortline.classifier.integrity.JpegFrame.Component;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the entropy-coded data of a JPEG (ITU-T T.81, baseline, extended and progressive with Huffman codes) without decoding it, to
 * find what the decoder paints over in grey or in the wrong colours and calls a warning: a code that does not exist, a block of more than 64
 * coefficients, a picture that ends before its data or after it, a {@linkplain LevelStep step} in brightness from one block on. What decoders
 * agree to skip is no damage: bytes that belong to nothing before a marker, fill bytes, restart markers at the end.
 *
 * <p>What changes a value and leaves the code in step cannot be seen: a JPEG has no checksum.
 */
public final class JpegIntegrity {
    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    /** Real ones have up to twenty. Each goes over all blocks again, however few bytes it has. */
    private static final int MOST_SCANS = 100;

    private final byte[] image;
    /** The next byte. */
    private int at = 2;

    private @Nullable JpegFrame frame;
    private final int[] dcSteps = {1, 1, 1, 1};
    private final @Nullable HuffmanCodes[] dcCodes = new HuffmanCodes[4];
    private final @Nullable HuffmanCodes[] acCodes = new HuffmanCodes[4];
    private int restartInterval;
    /** Of what all pictures of a kind have in common. */
    private final CRC32 kind = new CRC32();

    private final boolean coarsely;
    private @Nullable CoarsePicture coarse;

    private JpegIntegrity(byte[] image, boolean coarsely) {
        this.image = image;
        this.coarsely = coarsely;
    }

    /**
     * Looks for damage.
     *
     * @param image a JPEG whose header was found sound
     * @return what is damaged, for people; empty where nothing is, or where the JPEG is of a kind that is not looked into
     */
    public static Optional<String> damage(byte[] image) {
        return look(new JpegIntegrity(image, false)).damage();
    }

    /**
     * Looks for damage, and at the picture on the way, which hardly takes longer.
     *
     * @param image a JPEG whose header was found sound
     */
    public static JpegFindings findings(byte[] image) {
        return look(new JpegIntegrity(image, true));
    }

    private static JpegFindings look(JpegIntegrity jpeg) {
        try {
            jpeg.walk();
            return new JpegFindings(Optional.empty(), Optional.ofNullable(jpeg.coarse));
        } catch (DamageException e) {
            return new JpegFindings(Optional.of(e.damage()), Optional.empty());
        }
    }

    private void walk() throws DamageException {
        int scans = 0;
        while (true) {
            at = Markers.next(image, at);
            int marker = Markers.code(image, at);
            if (marker < 0 || marker == END_OF_IMAGE) {
                return;
            }
            at += 2;
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
                                throw new DamageException("it has more than " + MOST_SCANS + " scans");
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

    private boolean frame(int from, int to, boolean progressive) {
        if (frame != null) {
            return false;
        }
        frame = JpegFrame.read(image, from, to, progressive).orElse(null);
        kind.update(image, from, to - from);
        return frame != null;
    }

    private boolean huffman(int from, int to) {
        int entry = from;
        while (entry + 17 <= to) {
            int which = unsigned(entry);
            int sum = 0;
            for (int length = 1; length <= HuffmanCodes.LONGEST; length++) {
                sum += unsigned(entry + length);
            }
            if ((which & 0xEC) != 0 || sum > 256 || entry + 17 + sum > to) {
                return false;
            }
            var table = ByteBuffer.wrap(Arrays.copyOfRange(image, entry + 1, entry + 17 + sum));
            (which >> 4 == 0 ? dcCodes : acCodes)[which & 3] = HuffmanCodes.of(table);
            entry += 17 + sum;
        }
        return true;
    }

    private boolean quantisation(int from, int to) {
        int entry = from;
        while (entry < to) {
            int precision = unsigned(entry) >> 4;
            int length = 1 + JpegFrame.BLOCK * (precision + 1);
            if (precision > 1 || (unsigned(entry) & 0xF) > 3 || entry + length > to) {
                return false;
            }
            kind.update(image, entry, length);
            dcSteps[unsigned(entry) & 3] = precision == 0 ? unsigned(entry + 1) : unsigned16(entry + 1);
            entry += length;
        }
        return true;
    }

    private boolean scan(int from, int to) throws DamageException {
        int count = to - from < 1 ? 0 : unsigned(from);
        if (frame == null || count < 1 || count > 4 || to - from < 4 + 2 * count) {
            return false;
        }
        boolean progressive = frame.progressive;
        int first = unsigned(from + 1 + 2 * count);
        int last = unsigned(from + 2 + 2 * count);
        boolean refining = unsigned(from + 3 + 2 * count) >> 4 > 0;
        if (first > last || last >= JpegFrame.BLOCK || (progressive && first > 0 && count > 1)) {
            return false;
        }
        Component[] scanned = new Component[count];
        for (int i = 0; i < count; i++) {
            int tables = unsigned(from + 2 + 2 * i);
            Component found = frame.component(unsigned(from + 1 + 2 * i));
            if (found == null || (tables & 0xCC) != 0) {
                return false;
            }
            HuffmanCodes dc = dcCodes[tables >> 4];
            HuffmanCodes ac = acCodes[tables & 3];
            if ((dc == null && first == 0 && !refining) || (ac == null && (!progressive || first > 0))) {
                return false;
            }
            found.dcCodes = dc == null ? HuffmanCodes.NONE : dc;
            found.acCodes = ac == null ? HuffmanCodes.NONE : ac;
            // A mean level is coded as eight times as much.
            found.step = dcSteps[found.table] / 8f;
            scanned[i] = found;
        }
        var bits = new ScanBits(image, at);
        var walk = new ScanWalk(frame, scanned, first, last, refining, bits);
        if (coarsely && !progressive && frame.isWholeIn(scanned)) {
            var units = new UnitLevels(frame, scanned.length);
            walk.run(restartInterval, units);
            coarse = units.picture((int) kind.getValue());
        } else {
            walk.run(restartInterval, null);
        }
        at = bits.at();
        return true;
    }

    private int unsigned(int index) {
        return image[index] & 0xFF;
    }

    private int unsigned16(int index) {
        return (unsigned(index) << 8) | unsigned(index + 1);
    }
}
