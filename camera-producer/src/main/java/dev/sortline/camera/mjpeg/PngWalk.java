// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

/** Walks through a PNG from chunk to chunk. Begins after its signature. */
final class PngWalk implements PictureWalk {
    /** The first bytes of each. */
    static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};

    private static final int HEAD_BYTES = 8;
    private static final int CHECKSUM_BYTES = 4;
    private static final int END = 0x49454E44;
    private static final int DATA = 0x49444154;

    private State state = State.GOING;
    private long head;
    private int headBytes;
    private long left;
    private boolean hasData;

    @Override
    public State state() {
        return state;
    }

    @Override
    public int walk(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && state == State.GOING) {
            if (left > 0) {
                int passed = (int) Math.min(left, to - at);
                at += passed;
                left -= passed;
                endChunk();
            } else {
                head = (head << 8) | (bytes[at++] & 0xFF);
                headBytes++;
                if (headBytes == HEAD_BYTES) {
                    beginChunk();
                }
            }
        }
        return at;
    }

    private void beginChunk() {
        long length = head >>> 32;
        if (length > Integer.MAX_VALUE || !isName((int) head)) {
            state = State.BROKEN;
            return;
        }
        headBytes = 0;
        left = length + CHECKSUM_BYTES;
        hasData |= (int) head == DATA;
    }

    private void endChunk() {
        if (left == 0 && (int) head == END) {
            state = hasData ? State.WHOLE : State.EMPTY;
        }
    }

    private static boolean isName(int name) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            int letter = ((name >>> shift) & 0xFF) | 0x20;
            if (letter < 'a' || letter > 'z') {
                return false;
            }
        }
        return true;
    }
}
