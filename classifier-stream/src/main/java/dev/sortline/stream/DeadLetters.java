// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream;

import dev.sortline.contract.DeadLetter;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Addresses refused frames to the dead-letter topic: the headers that they came with, the reason in further ones. */
final class DeadLetters {
    /** Reason of a record that is no frame's CloudEvent. */
    static final String BAD_ENVELOPE = "bad-envelope";
    /** Reason of a frame whose line is not configured. */
    static final String UNKNOWN_LINE = "unknown-line";
    /** Reason of a frame whose camera stands nobody knows where, on a belt that tells where its cameras stand. */
    static final String UNKNOWN_CAMERA = "unknown-camera";
    /** Reason of a frame whose time of capture cannot be. */
    static final String CAPTURE_TIME = "capture-time";
    /** Reason of a frame whose picture the camera sent again and again. */
    static final String FROZEN = "frozen";
    /** Reason of a frame on which a step failed in a way that nobody foresaw. */
    static final String FAILED = "failed";

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private DeadLetters() {}

    /** Logs and counts the refusal, and gives the headers under which the record is set aside. */
    static Headers address(Headers came, DeadLetter letter, LineMetrics metrics) {
        LOG.warn(
                "Frame at {}-{}@{} refused, {}: {}",
                letter.topic(),
                letter.partition(),
                letter.offset(),
                letter.reason(),
                letter.detail());
        metrics.countDeadLetter(letter.reason());
        var headers = new RecordHeaders(came);
        letter.writeTo(headers);
        return headers;
    }
}
