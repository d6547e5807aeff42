// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trouble;

import org.jspecify.annotations.Nullable;

/** Makes a text that somebody else chose fit to be told: one line of bounded length, without control characters. */
public final class OneLine {
    private static final char HARMLESS = '\uFFFD';

    private OneLine() {}

    /**
     * The text itself where it is short enough, else its beginning and how long it was. Line breaks become spaces; other control
     * characters, those that turn the direction of writing and halves of surrogate pairs become {@code U+FFFD}.
     *
     * @param text of any length and content; {@code null} becomes {@code "null"}
     * @param mostCharacters most {@code char}s of the result, at least 40
     */
    public static String of(@Nullable String text, int mostCharacters) {
        if (mostCharacters < 40) {
            throw new IllegalArgumentException("mostCharacters is " + mostCharacters + ": must be at least 40");
        }
        String all = String.valueOf(text);
        if (all.length() <= mostCharacters) {
            return harmless(all, all.length());
        }
        String tail = "… (" + all.length() + " characters)";
        return harmless(all, mostCharacters - tail.length()) + tail;
    }

    private static String harmless(String text, int end) {
        var line = new StringBuilder(end);
        for (int at = 0; at < end; at++) {
            char each = text.charAt(at);
            if (each == '\n' || each == '\r' || each == '\t') {
                line.append(' ');
            } else if (Character.isHighSurrogate(each)
                    && at + 1 < end
                    && Character.isLowSurrogate(text.charAt(at + 1))) {
                line.append(each).append(text.charAt(++at));
            } else {
                line.append(isHarmful(each) ? HARMLESS : each);
            }
        }
        return line.toString();
    }

    private static boolean isHarmful(char each) {
        return switch (Character.getType(each)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
