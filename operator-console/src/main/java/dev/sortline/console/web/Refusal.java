// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.web;

import java.util.Locale;

/** Why a request is not answered, by a code that the page has words for in each language. */
public enum Refusal {
    /** Somebody must sign in first. */
    NOT_SIGNED_IN(401),
    /** Who has signed in may not do that. */
    NOT_ALLOWED(403),
    /** The password is another one. */
    WRONG_PASSWORD(401),
    /** There is no such thing. */
    NOT_FOUND(404),
    /** More was sent than is taken. */
    TOO_LARGE(413),
    /** What was sent is in no form that is taken. */
    UNKNOWN_FORMAT(415),
    /** What was sent is in a known form, but damaged. */
    UNREADABLE(422),
    /** Too many at a time, or too often. */
    TOO_MANY(429),
    /** Nothing can be tried here. */
    NO_TRIAL_LINE(409),
    /** Kafka or the classifier does not answer. */
    LINE_AWAY(503),
    /** The request itself is wrong. */
    BAD_REQUEST(400),
    /** A fault of our own. */
    FAILED(500);

    private final int status;

    Refusal(int status) {
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** As the page knows it, such as {@code too-large}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * What a handler throws to refuse.
     *
     * @param detail one English sentence for a person, without anything that was sent by others but short words
     */
    public RefusedException because(String detail) {
        return new RefusedException(this, status, detail, 0);
    }

    /** As {@link #because}, with another status than usual. */
    public RefusedException because(int otherStatus, String detail) {
        return new RefusedException(this, otherStatus, detail, 0);
    }

    /**
     * As {@link #because}, saying when it is worth another try.
     *
     * @param seconds sent as {@code Retry-After}, at least 1
     */
    public RefusedException retryAfter(long seconds, String detail) {
        return new RefusedException(this, status, detail, Math.max(1, seconds));
    }
}
