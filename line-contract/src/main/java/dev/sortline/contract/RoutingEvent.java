// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where one item goes: the event {@value #TYPE}. What is not known is absent from the JSON.
 *
 * @param lineId the sorting line; the Kafka key
 * @param itemId the item on that line
 * @param frameIds the frames that were looked at, at least one
 * @param decision what was decided
 * @param label the most probable label of the fraction; absent when the image was not classified
 * @param fraction the most probable fraction of the sorting plan: labels that are sorted together; absent when the image was not classified
 * @param lane where the item goes: the fraction's lane for {@link Decision#SORT}, else the residual lane
 * @param ejector the ejector that moves the item into the lane; absent when it just runs on
 * @param confidence calibrated probability of {@code fraction}, the sum of its labels', 0 to 1
 * @param gap {@code confidence} less the probability of the next fraction or of an empty belt, 0 to 1
 * @param probabilities calibrated probability of every label; they sum to 1. Empty when not classified
 * @param capturedAt when the first frame was captured, by the classifier's clock
 * @param decidedAt when the decision was made
 * @param fireAt when the ejector acts; absent when none does
 * @param deadline the latest time at which the event may reach the actuators; absent when no ejector acts
 * @param fireAtEncoder the belt position at which the ejector acts, in encoder counts; absent without an encoder
 * @param model the model that classified
 * @param plan name of the sorting plan that decided
 * @param planEdition tells the plan's state from others of its name: the first 12 hex digits of its file's SHA-256
 * @param reason why the item was not sorted; absent for {@link Decision#SORT}
 * @param truth the known label, when a labelled set is replayed
 * @param stageMicros how long each stage took
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RoutingEvent(
        String lineId,
        String itemId,
        List<String> frameIds,
        Decision decision,
        @Nullable String label,
        @Nullable String fraction,
        String lane,
        @Nullable Integer ejector,
        @Nullable Double confidence,
        @Nullable Double gap,
        Map<String, Double> probabilities,
        Instant capturedAt,
        Instant decidedAt,
        @Nullable Instant fireAt,
        @Nullable Instant deadline,
        @Nullable Long fireAtEncoder,
        Model model,
        String plan,
        @Nullable String planEdition,
        @Nullable String reason,
        @Nullable String truth,
        StageMicros stageMicros) {

    /** CloudEvents type of a routing event. */
    public static final String TYPE = "dev.sortline.item.routed.v1";

    public RoutingEvent {
        Identifiers.check("lineId", lineId);
        Identifiers.checkItem(itemId);
        frameIds = List.copyOf(frameIds);
        if (frameIds.isEmpty()) {
            throw new IllegalArgumentException("frameIds is empty: a decision rests on at least one frame");
        }
        if (decision == Decision.SORT && label == null) {
            throw new IllegalArgumentException("label is missing: SORT needs one");
        }
    }

    /** Derived from line and item alone, so that a repeat after a crash is recognised as the same event. */
    public String id() {
        return lineId + "/" + itemId;
    }

    /**
     * The model that answered.
     *
     * @param name the model package's name
     * @param version the model package's version
     */
    public record Model(String name, String version) {}

    /**
     * Microseconds spent in each stage, at least 0.
     *
     * @param queue from capture until the stream took the frame up
     * @param decode image bytes to tensor
     * @param infer tensor to probabilities
     * @param decide probabilities to this event
     */
    public record StageMicros(long queue, long decode, long infer, long decide) {}
}
