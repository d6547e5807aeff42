// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.integrity;

/**
 * Reads the entropy-coded data of a scan bit by bit, over stuffed bytes and up to the next marker; behind it are zeros without end. Not
 * thread-safe.
 */
final class ScanBits {
    private static final int BLOCK = JpegFrame.BLOCK;
    private static final int LOOK_UP_BITS = HuffmanCodes.LOOK_UP_BITS;

    private final byte[] image;
    /** The next byte. */
    private int at;

    // The next bits stand highest.
    private long buffer;
    private int bits;
    /** Of these bits so many are zeros that stand for what is missing. */
    private int missing;

    /** @param at where the data begin */
    ScanBits(byte[] image, int at) {
        this.image = image;
        this.at = at;
    }

    /** The next byte that was not looked at. */
    int at() {
        return at;
    }

    /** Whether more was read than there is. */
    boolean isBeyondTheData() {
        return missing > bits;
    }

    /** The symbol of the next code. */
    int symbol(HuffmanCodes codes) throws DamageException {
        if (bits < 32) {
            fill();
        }
        int found = codes.symbols[(int) (buffer >>> (Long.SIZE - LOOK_UP_BITS))];
        if (found != 0) {
            skip(found >> 8);
            return found & 0xFF;
        }
        for (int length = LOOK_UP_BITS + 1; length <= HuffmanCodes.LONGEST; length++) {
            int offset = (int) (buffer >>> (Long.SIZE - length)) - codes.firstCode[length];
            if (offset >= 0 && offset < codes.counts[length]) {
                skip(length);
                return codes.values[codes.firstIndex[length] + offset];
            }
        }
        throw new DamageException("it has a code that does not exist before byte " + at);
    }

    /** The next bits, at most 16. */
    int take(int count) {
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

    /** Passes over at most 16 bits. */
    void skip(int count) {
        if (bits < count) {
            fill();
        }
        buffer <<= count;
        bits -= count;
    }

    /** Passes over all coefficients of a block but the first. */
    void skipCoefficients(HuffmanCodes codes) throws DamageException {
        int[] steps = codes.steps;
        // In local variables, for so they stay in the processor's registers.
        long next = buffer;
        int known = bits;
        int k = 1;
        while (k < BLOCK) {
            if (known < Integer.SIZE) {
                buffer = next;
                bits = known;
                fill();
                next = buffer;
                known = bits;
            }
            int step = steps[(int) (next >>> (Long.SIZE - HuffmanCodes.STEP_BITS))];
            if (step == 0) {
                buffer = next;
                bits = known;
                step = longStep(codes);
            } else if (k + HuffmanCodes.leadsOn(step) < BLOCK) {
                // The block goes on behind the first, so the second is of it, too.
                step >>>= 16;
            }
            int taken = HuffmanCodes.bits(step);
            next <<= taken;
            known -= taken;
            k += HuffmanCodes.leadsOn(step);
        }
        buffer = next;
        bits = known;
        if (k > BLOCK && k < 2 * BLOCK) {
            throw new DamageException("a block has more than 64 coefficients before byte " + at);
        }
    }

    private int longStep(HuffmanCodes codes) throws DamageException {
        long saved = buffer;
        int savedBits = bits;
        int symbol = symbol(codes);
        int length = savedBits - bits;
        buffer = saved;
        bits = savedBits;
        return HuffmanCodes.step(length, symbol);
    }

    /** Moves over the restart marker of a number, 0 to 7, that must come next. */
    void restart(int number) throws DamageException {
        end();
        int marker = Markers.code(image, at);
        at += marker < 0 ? 0 : 2;
        if (marker != 0xD0 + number) {
            throw new DamageException("restart marker " + number + " is missing before byte " + at);
        }
        buffer = 0;
        bits = 0;
        missing = 0;
    }

    /** Moves to the next marker, over bytes that belong to nothing. */
    void end() throws DamageException {
        int left = bits - missing;
        int padded = left % 8;
        long padding = padded == 0 ? 0 : buffer >>> (Long.SIZE - padded);
        int start = at;
        at = Markers.next(image, at);
        // An encoder fills the last byte with ones, some with zeros. Where neither is so, what follows are data that
        // the picture should have had.
        if (left / 8 + at - start > 0 && padding != 0 && padding != (1L << padded) - 1) {
            throw new DamageException("its data go on after the picture has ended, before byte " + at);
        }
    }

    /** At least 32 bits. */
    private void fill() {
        if (bits <= Integer.SIZE && at <= image.length - Integer.BYTES) {
            int next = (image[at] << 24)
                    | ((image[at + 1] & 0xFF) << 16)
                    | ((image[at + 2] & 0xFF) << 8)
                    | (image[at + 3] & 0xFF);
            // Zero where one of the four bytes is FF: none of them is a marker's or has a stuffed byte behind it.
            if ((next & ~(next + 0x01010101) & 0x80808080) == 0) {
                buffer |= (next & 0xFFFFFFFFL) << (Integer.SIZE - bits);
                bits += Integer.SIZE;
                at += Integer.BYTES;
                return;
            }
        }
        fillByBytes();
    }

    private void fillByBytes() {
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
}
