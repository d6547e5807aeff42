// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.review;

import dev.sortline.contract.ReviewRequest.Cause;
import dev.sortline.contract.RoutingEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** Says of an item whether a person shall look at it. The same event has always the same answer, so that a repeat after a crash has it too. */
final class ReviewDraw {
    /** A double holds so many bits of a share. */
    private static final int BITS = 53;

    private final double share;

    /** @param share of the sorted items, 0 to 1 */
    ReviewDraw(double share) {
        this.share = share;
    }

    /** Why a person shall look at it; empty when nobody need. */
    Optional<Cause> of(RoutingEvent event) {
        return switch (event.decision()) {
            case AMBIGUOUS, UNCERTAIN -> Optional.of(Cause.UNSURE);
            case SORT -> drawn(event.id()) < share ? Optional.of(Cause.SAMPLE) : Optional.empty();
            case LATE, UNREADABLE -> Optional.empty();
        };
    }

    /** From 0 to below 1, evenly spread over ids, however alike they are. */
    private static double drawn(String id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return (ByteBuffer.wrap(digest).getLong() >>> (Long.SIZE - BITS)) * Math.scalb(1.0, -BITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
