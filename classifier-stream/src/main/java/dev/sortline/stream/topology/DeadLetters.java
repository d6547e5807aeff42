// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.contract.DeadLetter;
import dev.sortline.stream.item.RefusalReason;
import dev.sortline.trouble.TroubleLog;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Addresses refused frames to the dead-letter topic: the headers that they came with, the reason in further ones. */
final class DeadLetters {
    /** Reasons of records and frames that are refused, with those of images: every one that there is. */
    static final Set<String> REASONS = Stream.concat(
                    Arrays.stream(RefusalReason.values()).map(RefusalReason::code),
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
