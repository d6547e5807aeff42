// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What stands between two pictures: the line that delimits parts, as the camera really writes it, and the head of the part. Takes it byte by
 * byte and keeps little of it, whatever comes.
 */
final class PartHead {
    private static final int MOST_LINE_BYTES = 256;
    private static final int LEAST_DELIMITER = 3;
    /** With the line's end before it six bytes: in pictures at 3 MB/s they stand once in three years. */
    private static final int SURE_DELIMITER = 5;

    private static final byte[] NONE = {};
    private static final String DASHES = "--";
    private static final String TIMESTAMP = "x-timestamp:";

    /** As the answer's head told it, without dashes before it; empty when it told none. */
    private final String told;

    private final byte[] line = new byte[MOST_LINE_BYTES];
    private int lineBytes;
    private boolean lineTooLong;

    private String delimiter = "";
    private byte[] delimiterBytes = NONE;
    private byte[] delimiterLine = NONE;
    private boolean inHead;
    private boolean headHasLines;
    private boolean holdsOther;
    private @Nullable String timestamp;

    /** @param told the boundary of the answer's head; empty when it has none */
    PartHead(String told) {
        int first = 0;
        while (first < told.length() && told.charAt(first) == '-') {
            first++;
        }
        this.told = told.substring(first);
    }

    /**
     * A byte that belongs to no picture.
     *
     * @return whether a part has ended with it that held something else than a picture
     */
    boolean take(byte value) {
        if (value == '\n') {
            boolean ended = endLine();
            lineBytes = 0;
            lineTooLong = false;
            return ended;
        }
        if (lineBytes < MOST_LINE_BYTES) {
            line[lineBytes++] = value;
        } else {
            lineTooLong = true;
        }
        return false;
    }

    /** A picture begins, or was counted otherwise: the part holds it. */
    void answered() {
        lineBytes = 0;
        lineTooLong = false;
        inHead = false;
        headHasLines = false;
        holdsOther = false;
    }

    /** Whether the part that has begun holds something else than a picture. */
    boolean holdsOther() {
        return holdsOther;
    }

    /** When the part's picture was taken, in the words of its head; taken once. */
    @Nullable String takeTimestamp() {
        String taken = timestamp;
        timestamp = null;
        return taken;
    }

    /** What delimits parts; empty as long as none has come. */
    byte[] delimiter() {
        return delimiterBytes;
    }

    /** The line of the delimiter as it stands nowhere in a picture; empty when that is not known, or too short to be sure. */
    byte[] delimiterLine() {
        return delimiterLine;
    }

    private void delimiter(String seen) {
        if (!seen.equals(delimiter)) {
            delimiter = seen;
            delimiterBytes = seen.getBytes(StandardCharsets.ISO_8859_1);
            delimiterLine = seen.length() < SURE_DELIMITER ? NONE : ("\n" + seen).getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private boolean endLine() {
        String text = new String(line, 0, lineBytes, StandardCharsets.ISO_8859_1).strip();
        if (!lineTooLong && isDelimiter(text)) {
            boolean heldOther = holdsOther;
            inHead = true;
            headHasLines = false;
            holdsOther = false;
            timestamp = null;
            return heldOther;
        }
        if (!inHead) {
            // Before the first delimiter nothing is a part.
            holdsOther |= !text.isEmpty() && headHasLines && !delimiter.isEmpty();
        } else if (text.isEmpty()) {
            inHead = !headHasLines;
        } else {
            headHasLines = true;
            if (text.toLowerCase(Locale.ROOT).startsWith(TIMESTAMP)) {
                timestamp = text.substring(TIMESTAMP.length()).strip();
            }
        }
        return false;
    }

    private boolean isDelimiter(String text) {
        if (text.length() < LEAST_DELIMITER) {
            return false;
        }
        String whole = text.endsWith(told) || !text.endsWith(DASHES)
                ? text
                : text.substring(0, text.length() - DASHES.length());
        if (!told.isEmpty() && whole.endsWith(told)) {
            int begin = whole.length() - told.length();
            boolean alone = begin == 0 || whole.charAt(begin - 1) == '-';
            while (begin > 0 && whole.charAt(begin - 1) == '-') {
                begin--;
            }
            if (alone) {
                delimiter(whole.substring(begin));
            }
            return alone;
        }
        if (!delimiter.isEmpty()) {
            return text.endsWith(delimiter) || whole.endsWith(delimiter);
        }
        boolean dashed = text.startsWith(DASHES);
        if (dashed) {
            delimiter(text);
        }
        return dashed;
    }
}
