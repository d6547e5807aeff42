// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

/**
 * Walks through a JPEG from marker to marker. An end-of-image that is part of something else, as of the thumbnail in an EXIF segment, is not taken
 * for the picture's, for segments are passed over by their length. Begins after the picture's first two bytes.
 */
final class JpegWalk implements PictureWalk {
    /** Start of image. */
    static final int SOI = 0xD8;

    private static final int MARKER = 0xFF;
    private static final int END = 0xD9;
    private static final int SCAN = 0xDA;
    private static final int TEMPORARY = 0x01;
    private static final int FIRST_RESTART = 0xD0;
    private static final int LAST_RESTART = 0xD7;
    /** Between it and the first of frames, no marker has a meaning. */
    private static final int LAST_RESERVED = 0xBF;

    private static final int LENGTH_BYTES = 2;

    /** What the next byte is. */
    private enum Next {
        MARKER_BEGIN,
        MARKER,
        LENGTH_HIGH,
        LENGTH_LOW,
        SEGMENT,
        ENTROPY_CODED,
        AFTER_FF
    }

    private State state = State.GOING;
    private Next next = Next.MARKER_BEGIN;
    private int marker;
    private int length;
    private boolean scanned;

    @Override
    public State state() {
        return state;
    }

    @Override
    public int walk(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && state == State.GOING) {
            switch (next) {
                case SEGMENT -> {
                    int passed = Math.min(length, to - at);
                    at += passed;
                    length -= passed;
                    if (length == 0) {
                        next = marker == SCAN ? Next.ENTROPY_CODED : Next.MARKER_BEGIN;
                    }
                }
                case ENTROPY_CODED -> {
                    while (at < to && bytes[at] != (byte) MARKER) {
                        at++;
                    }
                    if (at < to) {
                        at++;
                        next = Next.AFTER_FF;
                    }
                }
                default -> step(bytes[at++] & 0xFF);
            }
        }
        return state == State.OTHER_BEGINS ? at - 2 : at;
    }

    private void step(int value) {
        switch (next) {
            case MARKER_BEGIN -> {
                if (value == MARKER) {
                    next = Next.MARKER;
                } else {
                    state = State.BROKEN;
                }
            }
            case MARKER -> {
                if (value == 0) {
                    state = State.BROKEN;
                } else {
                    meet(value, Next.MARKER, Next.MARKER_BEGIN);
                }
            }
            case AFTER_FF -> meet(value, Next.AFTER_FF, Next.ENTROPY_CODED);
            case LENGTH_HIGH -> {
                length = value << 8;
                next = Next.LENGTH_LOW;
            }
            case LENGTH_LOW -> beginSegment(value);
            default -> throw new IllegalStateException(next + " is walked by many bytes at a time");
        }
    }

    /** @param onward where a marker leads that says nothing here */
    private void meet(int value, Next filled, Next onward) {
        boolean silent = value <= LAST_RESERVED || (value >= FIRST_RESTART && value <= LAST_RESTART);
        if (value == MARKER) {
            next = filled;
        } else if (value == END) {
            state = scanned ? State.WHOLE : State.EMPTY;
        } else if (value == SOI) {
            state = State.OTHER_BEGINS;
        } else if (silent || value == TEMPORARY) {
            next = onward;
        } else {
            marker = value;
            next = Next.LENGTH_HIGH;
        }
    }

    private void beginSegment(int low) {
        length = (length | low) - LENGTH_BYTES;
        if (length < 0) {
            state = State.BROKEN;
            return;
        }
        scanned |= marker == SCAN;
        if (length > 0) {
            next = Next.SEGMENT;
        } else {
            next = marker == SCAN ? Next.ENTROPY_CODED : Next.MARKER_BEGIN;
        }
    }
}
