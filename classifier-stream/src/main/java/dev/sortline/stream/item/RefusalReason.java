// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.item;

/** Why a record or a frame is refused, beside what may be wrong with its image: the dead letter's reason and a tag of metrics. */
public enum RefusalReason {
    /** A record that is no frame's CloudEvent. */
    BAD_ENVELOPE("bad-envelope"),
    /** A frame whose line is not configured. */
    UNKNOWN_LINE("unknown-line"),
    /** A frame whose camera stands nobody knows where, on a belt that tells where its cameras stand. */
    UNKNOWN_CAMERA("unknown-camera"),
    /** A frame whose time of capture cannot be. */
    CAPTURE_TIME("capture-time"),
    /** A frame whose picture the camera sent again and again. */
    FROZEN("frozen"),
    /** A frame on which a step failed in a way that nobody foresaw. */
    FAILED("failed");

    private final String code;

    RefusalReason(String code) {
        this.code = code;
    }

    /** The reason as it stands in the dead letter. */
    public String code() {
        return code;
    }
}
