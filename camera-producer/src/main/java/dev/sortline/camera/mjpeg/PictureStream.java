// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

import dev.sortline.camera.picture.HuffmanTables;
import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.source.PictureSink;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pictures in what a camera sends. A picture's beginning and end are found by its own structure; what the camera says of parts and
 * their lengths, which is often wrong, is not needed for it. Only where a picture's structure is broken does it end at the next delimiter.
 *
 * <p>Keeps at most {@link Picture#MAX_BYTES} and a little more: a larger picture is passed over. Belongs to one thread.
 */
final class PictureStream {
    private static final int FIRST_WINDOW_BYTES = 64 << 10;
    private static final int MOST_WINDOW_BYTES = Picture.MAX_BYTES + FIRST_WINDOW_BYTES;
    /** The runtime keeps as much beside for each thread that reads from a socket. */
    private static final int MOST_READ_BYTES = 64 << 10;

    private static final int LEAST_READ_BYTES = 8 << 10;
    private static final int MOST_BEFORE_FIRST_BYTES = 256 << 10;
    private static final byte MARKER = (byte) 0xFF;
    private static final byte END = (byte) 0xD9;
    private static final byte[] JPEG_BEGIN = {MARKER, (byte) JpegWalk.SOI, MARKER};
    private static final int SOI_BYTES = 2;

    private enum Where {
        BETWEEN,
        IN_PICTURE,
        /** In one that is too large and was counted. */
        PASSING,
        /** In one whose structure is broken. */
        TO_DELIMITER
    }

    private final InputStream stream;
    private final InstantSource clock;
    private final PartHead head;

    private byte[] window = new byte[FIRST_WINDOW_BYTES];
    /** What is kept, and how far it was looked at. */
    private int start;

    private int looked;
    private int end;

    private Where where = Where.BETWEEN;
    private PictureWalk walk = new JpegWalk();
    private String contentType = Picture.JPEG;
    private Instant arrived = Instant.EPOCH;
    private @Nullable String sent;
    private boolean anyPicture;
    private long before;

    /**
     * @param boundary as the answer's head tells it; empty when it does not
     * @param clock says when pictures arrive
     */
    PictureStream(InputStream stream, String boundary, InstantSource clock) {
        this.stream = stream;
        this.clock = clock;
        this.head = new PartHead(boundary);
    }

    /**
     * The next that is found. Blocks until there is something.
     *
     * @throws IOException what the stream throws; {@link #begun} says what is cut by it
     */
    Found next() throws IOException {
        while (true) {
            Found found = look();
            if (found != null) {
                return found;
            }
            if (!read()) {
                return atEnd();
            }
        }
    }

    /** What has begun and is in no count yet, where nothing more comes; null for nothing. */
    PictureSink.@Nullable Unusable begun() {
        if (where == Where.IN_PICTURE || where == Where.TO_DELIMITER) {
            return PictureSink.Unusable.CUT;
        }
        return where == Where.BETWEEN && head.holdsOther() ? PictureSink.Unusable.NO_PICTURE : null;
    }

    /** Whether any picture has begun. */
    boolean anyPicture() {
        return anyPicture;
    }

    /** What is kept at the moment, at most. */
    int windowBytes() {
        return window.length;
    }

    private @Nullable Found look() {
        return switch (where) {
            case BETWEEN -> lookBetween();
            case IN_PICTURE -> walkOn();
            case PASSING -> passOn();
            case TO_DELIMITER -> lookForDelimiter();
        };
    }

    private @Nullable Found lookBetween() {
        while (looked < end) {
            byte value = window[looked];
            if (value == JPEG_BEGIN[0] || value == PngWalk.SIGNATURE[0]) {
                byte[] begin = value == JPEG_BEGIN[0] ? JPEG_BEGIN : PngWalk.SIGNATURE;
                int there = Math.min(begin.length, end - looked);
                boolean agrees = Arrays.equals(window, looked, looked + there, begin, 0, there);
                if (agrees && there < begin.length) {
                    return null;
                }
                if (agrees) {
                    beginPicture(begin == JPEG_BEGIN);
                    return walkOn();
                }
            }
            looked++;
            start = looked;
            before++;
            if (head.take(value)) {
                return new Found.Unusable(PictureSink.Unusable.NO_PICTURE);
            }
            if (!anyPicture && before > MOST_BEFORE_FIRST_BYTES) {
                return Found.STRANGE;
            }
        }
        return null;
    }

    private void beginPicture(boolean jpeg) {
        start = looked;
        walk = jpeg ? new JpegWalk() : new PngWalk();
        contentType = jpeg ? Picture.JPEG : Picture.PNG;
        looked += jpeg ? SOI_BYTES : PngWalk.SIGNATURE.length;
        where = Where.IN_PICTURE;
        anyPicture = true;
        arrived = clock.instant();
        sent = head.takeTimestamp();
        head.answered();
    }

    private @Nullable Found walkOn() {
        int delimited = walk();
        return switch (walk.state()) {
            case GOING -> {
                if (delimited >= 0) {
                    goBetween(delimited);
                    yield new Found.Unusable(PictureSink.Unusable.CUT);
                }
                if (end - start <= Picture.MAX_BYTES) {
                    yield null;
                }
                where = Where.PASSING;
                keepLastBytes();
                yield new Found.Unusable(PictureSink.Unusable.TOO_LARGE);
            }
            case WHOLE -> {
                Found found = whole(looked);
                goBetween(looked);
                yield found;
            }
            case EMPTY -> {
                goBetween(looked);
                yield new Found.Unusable(PictureSink.Unusable.NO_PICTURE);
            }
            case OTHER_BEGINS -> {
                beginPicture(true);
                yield new Found.Unusable(PictureSink.Unusable.CUT);
            }
            case BROKEN -> {
                looked = Math.min(start + SOI_BYTES, end);
                if (head.delimiter().length > 0) {
                    where = Where.TO_DELIMITER;
                    yield lookForDelimiter();
                }
                goBetween(looked);
                yield new Found.Unusable(PictureSink.Unusable.CUT);
            }
        };
    }

    /**
     * Walks on, as far as the next delimiter: a picture that is cut has lengths that lead into the next ones.
     *
     * @return where the delimiter's line begins; -1 when there is none
     */
    private int walk() {
        byte[] line = head.delimiterLine();
        int at = line.length == 0 ? -1 : indexOf(line, Math.max(start, looked - line.length + 1));
        looked = walk.walk(window, looked, at < 0 ? end : Math.max(looked, at));
        return at;
    }

    private @Nullable Found passOn() {
        int delimited = walk();
        return switch (walk.state()) {
            case GOING -> {
                if (delimited >= 0) {
                    goBetween(delimited);
                    yield lookBetween();
                }
                keepLastBytes();
                yield null;
            }
            case OTHER_BEGINS -> {
                beginPicture(true);
                yield walkOn();
            }
            case WHOLE, EMPTY, BROKEN -> {
                goBetween(looked);
                yield lookBetween();
            }
        };
    }

    private @Nullable Found lookForDelimiter() {
        byte[] delimiter = head.delimiter();
        int at = indexOf(delimiter, looked);
        if (at >= 0) {
            Found found = endedByDelimiter(at);
            goBetween(at);
            return found;
        }
        looked = Math.max(looked, end - delimiter.length + 1);
        if (end - start <= Picture.MAX_BYTES) {
            return null;
        }
        goBetween(looked);
        return new Found.Unusable(PictureSink.Unusable.TOO_LARGE);
    }

    private int indexOf(byte[] sought, int from) {
        byte first = sought[0];
        for (int at = from; at + sought.length <= end; at++) {
            if (window[at] == first && Arrays.equals(window, at, at + sought.length, sought, 0, sought.length)) {
                return at;
            }
        }
        return -1;
    }

    /** Its structure is broken, which many a decoder forgives: but its beginning and its end must be there. */
    private Found endedByDelimiter(int to) {
        int last = to;
        while (last > start && (window[last - 1] == '\r' || window[last - 1] == '\n')) {
            last--;
        }
        boolean isJpeg = last - start > JPEG_BEGIN.length + SOI_BYTES
                && Arrays.equals(window, start, start + JPEG_BEGIN.length, JPEG_BEGIN, 0, JPEG_BEGIN.length)
                && window[last - 2] == MARKER
                && window[last - 1] == END;
        return isJpeg ? whole(last) : new Found.Unusable(PictureSink.Unusable.CUT);
    }

    private Found whole(int to) {
        byte[] bytes = Arrays.copyOfRange(window, start, to);
        if (contentType.equals(Picture.JPEG)) {
            bytes = HuffmanTables.completed(bytes);
        }
        return bytes.length > Picture.MAX_BYTES
                ? new Found.Unusable(PictureSink.Unusable.TOO_LARGE)
                : new Found.Whole(bytes, contentType, arrived, sent);
    }

    private void goBetween(int from) {
        start = from;
        looked = from;
        where = Where.BETWEEN;
    }

    /** Another picture or the delimiter may begin with them. */
    private void keepLastBytes() {
        start = Math.max(start, looked - Math.max(1, head.delimiterLine().length));
    }

    private Found atEnd() {
        Found found = Found.END;
        if (where == Where.IN_PICTURE) {
            found = new Found.Unusable(PictureSink.Unusable.CUT);
        } else if (where == Where.TO_DELIMITER) {
            found = endedByDelimiter(end);
        } else if (head.holdsOther()) {
            found = new Found.Unusable(PictureSink.Unusable.NO_PICTURE);
        }
        head.answered();
        goBetween(end);
        return found;
    }

    private boolean read() throws IOException {
        makeRoom();
        int count = stream.read(window, end, Math.min(window.length - end, MOST_READ_BYTES));
        end += Math.max(count, 0);
        return count >= 0;
    }

    private void makeRoom() {
        if (start == end) {
            start = 0;
            looked = 0;
            end = 0;
        } else if (window.length - end < LEAST_READ_BYTES) {
            System.arraycopy(window, start, window, 0, end - start);
            looked -= start;
            end -= start;
            start = 0;
            if (window.length - end < LEAST_READ_BYTES) {
                window = Arrays.copyOf(window, Math.min(2 * window.length, MOST_WINDOW_BYTES));
            }
        }
    }
}
