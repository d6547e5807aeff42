// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where one item goes: the event {@value #TYPE}. What is not known is absent from the JSON.
 *
 * <p>Holds nothing that the schema does not allow, so that whoever has one need not ask again. All times lie in the years 0 to 9999, which
 * is all that is sure of them: clocks may be wrong by any amount.
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
 * @param familiarity share of the things that the model knows which are less familiar to it than this item, 0 to 1: 0.05 is below all but 5 % of
 *     them; absent when the model does not tell, or the image was not classified
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
        @Nullable Double familiarity,
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
        frameIds = List.copyOf(Objects.requireNonNull(frameIds, "frameIds is missing"));
        if (frameIds.isEmpty()) {
            throw new IllegalArgumentException("frameIds is empty: a decision rests on at least one frame");
        }
        Objects.requireNonNull(decision, "decision is missing");
        Objects.requireNonNull(lane, "lane is missing");
        Objects.requireNonNull(model, "model is missing");
        Objects.requireNonNull(plan, "plan is missing");
        Objects.requireNonNull(stageMicros, "stageMicros is missing");
        checkProbability("confidence", confidence);
        checkProbability("gap", gap);
        checkProbability("familiarity", familiarity);
        probabilities = checkedProbabilities(probabilities);
        checkDecision(decision, label, confidence, gap, reason);
        Rfc3339.check("capturedAt", capturedAt);
        Rfc3339.check("decidedAt", decidedAt);
        checkShot(decision, ejector, capturedAt, deadline, fireAt);
    }

    private static Map<String, Double> checkedProbabilities(Map<String, Double> probabilities) {
        Objects.requireNonNull(probabilities, "probabilities is missing")
                .forEach((label, probability) -> checkProbability(
                        "probability of '" + label + "'",
                        Objects.requireNonNull(probability, "a probability is null")));
        // Not Map.copyOf: the labels stay in the model's order.
        return Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
    }

    private static void checkProbability(String what, @Nullable Double value) {
        if (value != null && !(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(what + " is " + value + ": must be from 0 to 1");
        }
    }

    private static void checkDecision(
            Decision decision,
            @Nullable String label,
            @Nullable Double confidence,
            @Nullable Double gap,
            @Nullable String reason) {
        boolean sorted = decision == Decision.SORT;
        if (sorted && (label == null || confidence == null || gap == null)) {
            throw new IllegalArgumentException("label is " + label + ", confidence is " + confidence + " and gap is "
                    + gap + ": SORT needs all of them");
        }
        if (sorted != (reason == null)) {
            throw new IllegalArgumentException(
                    "reason is " + reason + ": all decisions but SORT have one, and this is " + decision);
        }
    }

    private static void checkShot(
            Decision decision,
            @Nullable Integer ejector,
            Instant capturedAt,
            @Nullable Instant deadline,
            @Nullable Instant fireAt) {
        if (ejector == null) {
            if (fireAt != null || deadline != null) {
                throw new IllegalArgumentException("fireAt is " + fireAt + " and deadline is " + deadline
                        + ": without an ejector there is neither");
            }
            return;
        }
        if (ejector < 0) {
            throw new IllegalArgumentException("ejector is " + ejector + ": must be at least 0");
        }
        if (decision != Decision.SORT) {
            throw new IllegalArgumentException(
                    "ejector is " + ejector + ": only SORT has one, and this is " + decision);
        }
        Instant latest = Rfc3339.check("deadline", deadline);
        if (latest.isAfter(Rfc3339.check("fireAt", fireAt)) || latest.isBefore(capturedAt)) {
            throw new IllegalArgumentException("deadline is " + latest + ": must not be before capturedAt, "
                    + capturedAt + ", nor after fireAt, " + fireAt);
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
    public record Model(String name, String version) {
        public Model {
            Objects.requireNonNull(name, "the model's name is missing");
            Objects.requireNonNull(version, "the model's version is missing");
        }
    }

    /**
     * Microseconds spent in each stage, at least 0.
     *
     * @param queue from capture until the stream took the frame up
     * @param decode image bytes to tensor
     * @param infer tensor to probabilities
     * @param decide probabilities to this event
     */
    public record StageMicros(long queue, long decode, long infer, long decide) {
        public StageMicros {
            check("queue", queue);
            check("decode", decode);
            check("infer", infer);
            check("decide", decide);
        }

        private static void check(String stage, long micros) {
            if (micros < 0) {
                throw new IllegalArgumentException(stage + " is " + micros + " microseconds: must be at least 0");
            }
        }
    }
}
