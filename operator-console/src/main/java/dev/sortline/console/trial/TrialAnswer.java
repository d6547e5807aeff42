// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.trial;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sortline.contract.RoutingEvent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a photo that was tried.
 *
 * @param id the item
 * @param seen {@code item} or {@code empty}
 * @param event what the line decided; absent for an empty belt
 * @param model who answered
 * @param probabilities calibrated probability of every label of that model
 * @param familiarity share of the things that the model knows which are less familiar to it, 0 to 1; absent when the model does not tell
 * @param judgements what each plan would do
 * @param shadow what the second model says; absent while it has not answered
 * @param micros how long it took
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record TrialAnswer(
        String id,
        String seen,
        @Nullable RoutingEvent event,
        RoutingEvent.Model model,
        Map<String, Double> probabilities,
        @Nullable Double familiarity,
        List<PlanJudgement> judgements,
        @Nullable ShadowAnswer shadow,
        Micros micros) {

    /**
     * What the second model says.
     *
     * @param model who answered
     * @param probabilities calibrated probability of every label of that model
     * @param familiarity as above, to that model
     * @param seen {@code item} or {@code empty}
     * @param judgements what each plan would do that fits it
     */
    record ShadowAnswer(
            RoutingEvent.Model model,
            Map<String, Double> probabilities,
            @Nullable Double familiarity,
            String seen,
            List<PlanJudgement> judgements) {}

    /**
     * Microseconds. The stages are known only where there is an event.
     *
     * @param total from the whole upload to the answer
     * @param queue until the stream took the frame up
     * @param decode image bytes to tensor
     * @param infer tensor to probabilities
     */
    record Micros(long total, @Nullable Long queue, @Nullable Long decode, @Nullable Long infer) {
        static Micros of(long total, RoutingEvent.@Nullable StageMicros stages) {
            return stages == null
                    ? new Micros(total, null, null, null)
                    : new Micros(total, stages.queue(), stages.decode(), stages.infer());
        }
    }
}
