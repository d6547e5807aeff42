// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.contract.DeadLetter;
import dev.sortline.stream.item.RefusalReason;
import dev.sortline.trouble.OneLine;
import dev.sortline.trouble.TroubleLog;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Addresses refused frames to the dead-letter topic: the headers that they came with, the reason in further ones. */
final class DeadLetters {
    /** Reasons of records and frames that are refused, with those of images: every one that there is. */
    static final Set<String> REASONS = Stream.concat(
                    Arrays.stream(RefusalReason.values()).map(RefusalReason::code),
                    Arrays.stream(UnreadableImageException.Reason.values()).map(DeadLetters::reason))
            .collect(Collectors.toUnmodifiableSet());

    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(DeadLetters.class));

    private static final int MOST_BYTES_READ = 256;
    private static final int MOST_CHARACTERS_OF_A_NAME = 40;

    private DeadLetters() {}

    /** The reason of an image that cannot be read. */
    static String reason(UnreadableImageException.Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Logs and counts the refusal, and gives the record as it is set aside. */
    static RefusedRecord address(RefusedRecord came, DeadLetter letter, LineMetrics metrics) {
        TROUBLE.warn(
                // By the partition, for lines are named here as whoever sent the record says: there may be any number.
                letter.reason() + " " + letter.topic() + "-" + letter.partition(),
                "Frame of %s at %s-%d@%d refused, %s: %s"
                        .formatted(
                                camera(came),
                                letter.topic(),
                                letter.partition(),
                                letter.offset(),
                                letter.reason(),
                                letter.detail()));
        metrics.countDeadLetter(letter.reason());
        return came.setAside(letter);
    }

    /** Its line and camera, as far as the record says. */
    static String camera(RefusedRecord came) {
        return said(came, "ce_lineid") + "/" + said(came, "ce_cameraid");
    }

    private static String said(RefusedRecord came, String header) {
        @Nullable Header last = came.headers().lastHeader(header);
        return last == null || last.value() == null
                ? "unknown"
                : OneLine.of(
                        new String(last.value(), 0, Math.min(last.value().length, MOST_BYTES_READ), UTF_8),
                        MOST_CHARACTERS_OF_A_NAME);
    }
}
