// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.image;

/** Bytes that are no image this classifier takes. The message is one line with the figures that offend. */
public final class UnreadableImageException extends Exception {
    private final Reason reason;
    private final String message;

    /** @param message one line with the offending figures */
    public UnreadableImageException(Reason reason, String message) {
        super(message);
        this.reason = reason;
        this.message = message;
    }

    /** As above, with what brought it to light. */
    public UnreadableImageException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.message = message;
    }

    /** One line with the offending figures; never null. */
    @Override
    public String getMessage() {
        return message;
    }

    /** Which rule the bytes break: few and fixed, fit for a metric's tag. */
    public Reason reason() {
        return reason;
    }

    /** The rules, in the order in which they are checked. */
    public enum Reason {
        /** No bytes at all. */
        EMPTY,
        /** More bytes than {@link ImageBounds#maxBytes}. */
        TOO_MANY_BYTES,
        /** The first bytes are neither a JPEG's nor a PNG's. */
        UNKNOWN_FORMAT,
        /** The header ends early, contradicts itself or announces a kind of picture that no camera sends. */
        BAD_HEADER,
        /** Wider, higher or larger in all than the bounds allow. */
        TOO_MANY_PIXELS,
        /** The header is sound, the picture behind it is not: cut off or damaged. */
        CORRUPT
    }
}
