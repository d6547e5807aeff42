// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.integrity;

import dev.sortline.classifier.integrity.JpegFrame.Component;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads the entropy-coded data of a scan bit by bit, over stuffed bytes and up to the next marker; behind it are zeros without end. Not
 * thread-safe.
 */
final class ScanBits {
    private static final int BLOCK = JpegFrame.BLOCK;
    private static final int LOOK_UP_BITS = HuffmanCodes.LOOK_UP_BITS;
    private static final int LONGEST_STEP = HuffmanCodes.LONGEST_STEP;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] image;
    /** The next byte. */
    private int at;

    // The next bits stand highest. Below those that are counted may stand some of the next byte.
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

    /** How many bits were read so far, stuffed bytes and restart markers counted in. */
    long read() {
        return (long) Byte.SIZE * at - (bits - missing);
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

    /** By how much the level of the next block differs from that of the block before, in the table's steps. */
    int difference(HuffmanCodes codes) throws DamageException {
        int size = symbol(codes);
        if (size > 16) {
            throw new DamageException("it has a brightness of " + size + " bits before byte " + at);
        }
        return HuffmanCodes.difference(take(size), size);
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

    /** Passes over the next blocks of a unit, all coefficients of each, and keeps their levels. */
    void passBlocks(Component component, int blocks) throws DamageException {
        int[] levels = component.dcCodes.levels();
        int[] steps = component.acCodes.steps();
        int lowest = component.lowest(blocks);
        // In local variables, for so they stay in the processor's registers.
        long next = buffer;
        int known = bits;
        int dc = component.dc;
        int sum = 0;
        for (int block = 0; block < blocks; block++) {
            if (known < LONGEST_STEP) {
                buffer = next;
                bits = known;
                fill();
                next = buffer;
                known = bits;
            }
            int level = levels[(int) (next >>> (Long.SIZE - LOOK_UP_BITS))];
            if (level != 0) {
                int taken = level & 0xFF;
                next <<= taken;
                known -= taken;
                dc += level >> 8;
            } else {
                buffer = next;
                bits = known;
                dc += difference(component.dcCodes);
                next = buffer;
                known = bits;
            }
            int k = 1;
            while (k < BLOCK) {
                if (known < LONGEST_STEP) {
                    buffer = next;
                    bits = known;
                    fill();
                    next = buffer;
                    known = bits;
                }
                int step = steps[(int) (next >>> (Long.SIZE - HuffmanCodes.STEP_BITS))];
                if (k + ((step >> 8) & 0xFF) < BLOCK) {
                    // The lowest six bits of a step are what it takes, and more do not count in a shift.
                    next <<= step;
                    known -= step & 0xFF;
                    k += step >> 16;
                } else {
                    buffer = next;
                    bits = known;
                    k += passCoefficient(component.acCodes);
                    next = buffer;
                    known = bits;
                }
            }
            if (k > BLOCK && k < 2 * BLOCK) {
                throw new DamageException("a block has more than 64 coefficients before byte " + at);
            }
            if (block == 0) {
                component.top = dc;
            }
            if (block == lowest) {
                component.bottom = dc;
            }
            sum += dc;
        }
        component.dc = dc;
        component.sum = sum;
        buffer = next;
        bits = known;
    }

    /** Passes over one coefficient, and gives how many its code leads on by. */
    private int passCoefficient(HuffmanCodes codes) throws DamageException {
        int symbol = symbol(codes);
        skip(HuffmanCodes.size(symbol));
        return HuffmanCodes.leadsOn(symbol);
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

    /** At least 57 bits. */
    private void fill() {
        if (at <= image.length - Long.BYTES) {
            long next = (long) LONGS.get(image, at);
            // Zero where one of the eight bytes is FF: none of them is a marker's or has a stuffed byte behind it.
            if ((next & ~(next + 0x0101010101010101L) & 0x8080808080808080L) == 0) {
                int whole = (Long.SIZE - 1 - bits) / Byte.SIZE;
                buffer |= next >>> bits;
                bits += Byte.SIZE * whole;
                at += whole;
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
