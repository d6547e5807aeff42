// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.folder;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name that a file has while its picture is on its way: what makes its frame, so that a restart makes the same one again.
 *
 * @param sequence of the frame
 * @param captured when it was taken, in whole milliseconds
 * @param name of the file as it came
 */
record SendingName(long sequence, Instant captured, String name) {
    private static final Pattern FORM = Pattern.compile("\\.sending-(\\d{1,18})-(-?\\d{1,18})-(.+)");

    /** What file systems take, less what stands before the name. */
    private static final int MOST_BYTES = 200;

    /** What a file's name says; empty when it is none of a picture on its way. */
    static Optional<SendingName> of(Path file) {
        Matcher form = FORM.matcher(file.getFileName().toString());
        return form.matches()
                ? Optional.of(new SendingName(
                        Long.parseLong(form.group(1)),
                        Instant.ofEpochMilli(Long.parseLong(form.group(2))),
                        form.group(3)))
                : Optional.empty();
    }

    /** The name; that of the file is cut at its beginning where it is too long. */
    String fileName() {
        String kept = name;
        while (kept.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            kept = kept.substring(kept.offsetByCodePoints(0, 1));
        }
        return ".sending-%d-%d-%s".formatted(sequence, captured.toEpochMilli(), kept);
    }
}
