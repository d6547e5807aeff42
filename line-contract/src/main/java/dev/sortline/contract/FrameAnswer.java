// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a model said of one frame, beside what was decided of its item: the event {@value #TYPE}. The second model of a line says so of the
 * frames that it had time for; on a trial line the first one of every frame, so that also an empty belt has an answer there.
 *
 * @param lineId the sorting line; the Kafka key
 * @param frameId the frame
 * @param itemId the item that the frame belongs to
 * @param model who answered
 * @param shadow whether it decides nothing: the line's second model
 * @param probabilities calibrated probability of every label of that model, in its order; they sum to 1
 * @param familiarity share of the things that the model knows which are less familiar to it, 0 to 1; absent when the model does not tell
 * @param answeredAt when, by the classifier's clock, in the years 0 to 9999
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FrameAnswer(
        String lineId,
        String frameId,
        String itemId,
        RoutingEvent.Model model,
        boolean shadow,
        Map<String, Double> probabilities,
        @Nullable Double familiarity,
        Instant answeredAt) {
    /** CloudEvents type of an answer. */
    public static final String TYPE = "dev.sortline.frame.answered.v1";

    public FrameAnswer {
        Identifiers.check("lineId", lineId);
        Objects.requireNonNull(frameId, "frameId is missing");
        Identifiers.checkItem(itemId);
        Objects.requireNonNull(model, "model is missing");
        Objects.requireNonNull(probabilities, "probabilities is missing").forEach((label, probability) -> {
            if (!(Objects.requireNonNull(probability, "a probability is null") >= 0 && probability <= 1)) {
                throw new IllegalArgumentException(
                        "probability of '" + label + "' is " + probability + ": must be from 0 to 1");
            }
        });
        // Not Map.copyOf: the labels stay in the model's order.
        probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
        if (familiarity != null && !(familiarity >= 0 && familiarity <= 1)) {
            throw new IllegalArgumentException("familiarity is " + familiarity + ": must be from 0 to 1");
        }
        Rfc3339.check("answeredAt", answeredAt);
    }

    /** The same for a repeat. */
    public String id() {
        return frameId + "/" + model.name() + "/" + model.version();
    }
}
