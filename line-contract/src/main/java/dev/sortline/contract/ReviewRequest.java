// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import java.util.Objects;

/**
 * An item that a person shall look at, with the picture by which it was decided: the event {@value #TYPE}.
 *
 * @param event what was decided of the item; its line is the Kafka key
 * @param cause why a person shall look
 * @param contentType {@code image/jpeg} or {@code image/png}; only told, the image's own first bytes decide
 * @param image the picture as the camera made it: the item's last that was looked at; shared, not copied: nobody may write to it
 */
@SuppressWarnings("ArrayRecordComponent")
public record ReviewRequest(RoutingEvent event, Cause cause, String contentType, byte[] image) {
    /** CloudEvents type of a request for a review. */
    public static final String TYPE = "dev.sortline.item.review.requested.v1";

    /** Why a person shall look at an item. */
    public enum Cause {
        /** The answer was not sure enough to sort. */
        UNSURE,
        /** It was sure, and is one of the few that are drawn to tell how often such answers are right. */
        SAMPLE
    }

    public ReviewRequest {
        Objects.requireNonNull(event, "event is missing");
        Objects.requireNonNull(cause, "cause is missing");
        Objects.requireNonNull(contentType, "contentType is missing");
        Objects.requireNonNull(image, "image is missing");
    }
}
