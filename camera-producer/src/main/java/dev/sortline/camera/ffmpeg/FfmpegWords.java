// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Keeps the last of what FFmpeg said of a connection, and whether it spoke of anything lost. Belongs to one thread. */
final class FfmpegWords implements Consumer<String> {
    private static final int MOST_CHARACTERS = 2_000;

    /** Packets that never came, and pictures that decoders made up from what was there; FFmpeg tells it in no other way. */
    private static final Pattern LOSS = Pattern.compile(
            "missed \\d+ packets|missing packets|without a start chunk|could not find ref|concealing"
                    + "|error while decoding|reference picture missing|missing reference",
            Pattern.CASE_INSENSITIVE);

    private final StringBuilder said = new StringBuilder();
    private boolean lost;

    @Override
    public void accept(String line) {
        lost |= LOSS.matcher(line).find();
        said.append(line).append('\n');
        if (said.length() > 2 * MOST_CHARACTERS) {
            said.delete(0, said.length() - MOST_CHARACTERS);
        }
    }

    /** The last lines. */
    String said() {
        return said.toString();
    }

    /** Whether anything was lost since this was last asked. */
    boolean takeLost() {
        boolean was = lost;
        lost = false;
        return was;
    }
}
