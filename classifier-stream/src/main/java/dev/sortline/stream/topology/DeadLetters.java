// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.contract.DeadLetter;
import dev.sortline.trouble.TroubleLog;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Addresses refused frames to the dead-letter topic: the headers that they came with, the reason in further ones. */
public final class DeadLetters {
    /** Reason of a record that is no frame's CloudEvent. */
    static final String BAD_ENVELOPE = "bad-envelope";
    /** Reason of a frame whose line is not configured. */
    static final String UNKNOWN_LINE = "unknown-line";
    /** Reason of a frame whose camera stands nobody knows where, on a belt that tells where its cameras stand. */
    static final String UNKNOWN_CAMERA = "unknown-camera";
    /** Reason of a frame whose time of capture cannot be. */
    public static final String CAPTURE_TIME = "capture-time";
    /** Reason of a frame whose picture the camera sent again and again. */
    public static final String FROZEN = "frozen";
    /** Reason of a frame on which a step failed in a way that nobody foresaw. */
    static final String FAILED = "failed";

    /** Reasons of records and frames that are refused, with those of images: every one that there is. */
    static final Set<String> REASONS = Stream.concat(
                    Stream.of(BAD_ENVELOPE, UNKNOWN_LINE, UNKNOWN_CAMERA, CAPTURE_TIME, FROZEN, FAILED),
                    Arrays.stream(UnreadableImageException.Reason.values()).map(DeadLetters::reason))
            .collect(Collectors.toUnmodifiableSet());

    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(DeadLetters.class));

    private DeadLetters() {}

    /** The reason of an image that cannot be read. */
    static String reason(UnreadableImageException.Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Logs and counts the refusal, and gives the record as it is set aside. */
    static RefusedRecord address(RefusedRecord came, DeadLetter letter, LineMetrics metrics) {
        TROUBLE.warn(
                letter.reason(),
                "Frame at " + letter.topic() + "-" + letter.partition() + "@" + letter.offset() + " refused, "
                        + letter.reason() + ": " + letter.detail());
        metrics.countDeadLetter(letter.reason());
        return came.setAside(letter);
    }
}
