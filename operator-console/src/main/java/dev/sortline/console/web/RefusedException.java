// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.web;

/** Ends a request with a {@link Refusal}: {@code {"code": …, "detail": …}}. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;
    private final int status;
    private final long retryAfterSeconds;

    RefusedException(Refusal refusal, int status, String detail, long retryAfterSeconds) {
        // No stack trace: others decide how often it is thrown.
        super(detail, null, false, false);
        this.refusal = refusal;
        this.status = status;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** Why. */
    public Refusal refusal() {
        return refusal;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** One English sentence. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** When another try is worth while; 0 when nobody knows. */
    long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
