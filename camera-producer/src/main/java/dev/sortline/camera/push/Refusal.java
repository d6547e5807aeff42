// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.push;

import java.util.Locale;

/** Why a request is refused, by a code that does not change, and its HTTP status. */
enum Refusal {
    /** A header or the body is wrong. */
    BAD_REQUEST(400),
    /** The token is missing or wrong. */
    NO_TOKEN(401),
    /** No such line, or no such camera on it. */
    NOT_FOUND(404),
    /** The path is right, the method is not. */
    NO_SUCH_METHOD(405),
    /** The body comes too slowly, or not whole. */
    CUT(408),
    /** The body is larger than is taken. */
    TOO_LARGE(413),
    /** The body is no JPEG and no PNG. */
    NO_PICTURE(415),
    /** Too much is under way: try again. */
    NO_ROOM(429),
    /** A fault of ours. */
    FAILED(500),
    /** The broker has not acknowledged the frame: it may be there all the same. */
    NOT_ACKNOWLEDGED(503);

    private static final long RETRY_AFTER_SECONDS = 1;

    private final int status;

    Refusal(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    /** Such as {@code too-large}. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** When another try is worth while, in seconds; 0 when it is not. */
    long retryAfterSeconds() {
        return this == NO_ROOM || this == NOT_ACKNOWLEDGED ? RETRY_AFTER_SECONDS : 0;
    }

    /** @param detail a sentence for a person */
    RefusedException because(String detail) {
        return new RefusedException(this, detail);
    }
}
