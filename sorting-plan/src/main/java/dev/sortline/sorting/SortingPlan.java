// SPDX-License-Identifier: Apache-2.0
package dev.sortline.sorting;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.sortline.contract.Decision;
import dev.sortline.sorting.Judgement.Routing;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Into which fractions a model's labels are folded, where each fraction goes, and how sure the answer must be. Each key is described
 * where it is declared; samples/plan.schema.json is made of that.
 */
@JsonClassDescription(
        "Into which fractions a model's labels are folded, where each fraction goes, and how sure the answer must be: docs/plans.md.")
public record SortingPlan(
        @JsonPropertyDescription("the fractions by their id; a label is in one of them at most")
                @JsonProperty(required = true)
                @Size(min = 1) Map<String, Fraction> fractions,
        @JsonPropertyDescription("id of the fraction into which the labels go that none of them names")
                @JsonProperty(required = true)
                String fallback,
        @JsonPropertyDescription(
                        "least familiarity of an item, the share of things that the model knows which are less familiar to it; without it all are sorted")
                @DecimalMin("0") @DecimalMax("1") @Nullable Double leastFamiliarity) {
    /** The label of a belt with nothing on it, as models call it; it is in no fraction. */
    public static final String EMPTY_BELT = "empty";

    /** Why an item is not sorted whose familiarity is below the plan's; its reason begins so. */
    private static final String UNFAMILIAR = "unlike anything it was trained on";

    public SortingPlan {
        if (fractions.isEmpty()) {
            throw mistake("a plan has at least one fraction", "fractions");
        }
        fractions = Collections.unmodifiableMap(new LinkedHashMap<>(fractions));
        if (!fractions.containsKey(fallback)) {
            throw mistake(
                    "there is no fraction '%s': there are %s".formatted(fallback, fractions.keySet()), "fallback");
        }
        checkFractions(fractions, fallback);
        if (leastFamiliarity != null && !(leastFamiliarity >= 0 && leastFamiliarity <= 1)) {
            throw mistake("is %s: must be from 0 to 1".formatted(leastFamiliarity), "leastFamiliarity");
        }
    }

    /** What is sold or disposed of together. */
    @JsonClassDescription("What is sold or disposed of together.")
    public record Fraction(
            @JsonPropertyDescription("what it is called") @JsonProperty(required = true) BilingualText name,
            @JsonPropertyDescription("what to do with it, a sentence or two") @JsonProperty(required = true)
                    BilingualText advice,
            @JsonPropertyDescription("the model's labels that it is made of; only the fallback may have none")
                    List<String> labels,
            @JsonPropertyDescription("the belt's lane that it goes to") @JsonProperty(required = true) @NotBlank String lane,
            @JsonPropertyDescription("least calibrated probability of the fraction")
                    @JsonProperty(required = true)
                    @DecimalMin("0") @DecimalMax("1") double leastConfidence,
            @JsonPropertyDescription("least distance to the probability of the next fraction")
                    @JsonProperty(required = true)
                    @DecimalMin("0") @DecimalMax("1") double leastGap) {
        @SuppressWarnings("RedundantNullCheck") // Jackson gives null for a key that is not there
        public Fraction(
                BilingualText name,
                BilingualText advice,
                @Nullable List<String> labels,
                String lane,
                double leastConfidence,
                double leastGap) {
            if (lane.isBlank()) {
                throw new IllegalArgumentException("lane is blank: must be one of the belt's");
            }
            checkProbability("leastConfidence", leastConfidence);
            checkProbability("leastGap", leastGap);
            this.name = name;
            this.advice = advice;
            this.labels = labels == null ? List.of() : List.copyOf(labels);
            this.lane = lane;
            this.leastConfidence = leastConfidence;
            this.leastGap = leastGap;
        }

        private static void checkProbability(String what, double value) {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("%s is %s: must be from 0 to 1".formatted(what, value));
            }
        }
    }

    /** Whether the reason why an item is not sorted is that it is not familiar enough. */
    public static boolean isUnfamiliar(@Nullable String reason) {
        return reason != null && reason.startsWith(UNFAMILIAR);
    }

    /** Id of the fraction that a label is folded into. */
    public String fractionOf(String label) {
        for (var fraction : fractions.entrySet()) {
            if (fraction.getValue().labels().contains(label)) {
                return fraction.getKey();
            }
        }
        return fallback;
    }

    /**
     * A fraction of the plan.
     *
     * @throws IllegalArgumentException when there is none with that id
     */
    public Fraction fraction(String id) {
        Fraction fraction = fractions.get(id);
        if (fraction == null) {
            throw new IllegalArgumentException("there is no fraction '%s'".formatted(id));
        }
        return fraction;
    }

    /** The lane to which items of a label belong. */
    public String laneOf(String label) {
        return fraction(fractionOf(label)).lane();
    }

    /**
     * Checks that a model knows all labels that the plan speaks of, and tells how familiar an item is where the plan asks for it.
     *
     * @param model what the model is called
     * @param known its labels
     * @param tellsFamiliarity whether it tells how familiar an item is
     * @throws BadDescriptionException naming the first label that it does not know, or the key that asks for what it does not tell
     */
    public void checkModel(String model, Collection<String> known, boolean tellsFamiliarity) {
        if (leastFamiliarity != null && !tellsFamiliarity) {
            throw mistake(
                    "model %s does not tell how familiar an item is: leave the key out, or run sortline model familiarize on the model"
                            .formatted(model),
                    "leastFamiliarity");
        }
        fractions.forEach((id, fraction) -> fraction.labels().forEach(label -> {
            if (!known.contains(label)) {
                throw mistakeInLabel(
                        "model %s has no label '%s': it has %s".formatted(model, label, new TreeSet<>(known)),
                        id,
                        fraction,
                        label);
            }
        }));
    }

    /**
     * Judges an item. Its labels' probabilities are added up in their fractions; an empty belt is a rival of its own.
     *
     * @param probabilities calibrated probability by label, in which {@value #EMPTY_BELT} is not the most probable: then
     *     there is no item. At least one other label
     * @param familiarity of the item, 0 to 1; absent when the model does not tell, and then it is not asked for
     * @param residualLane where an item goes that the answer is not sure enough of
     */
    public Judgement judge(Map<String, Double> probabilities, @Nullable Double familiarity, String residualLane) {
        Map<String, Double> rivals = folded(probabilities);
        String best = mostProbable(rivals);
        // Added up, rounded probabilities can come to a little more than 1.
        double confidence = Math.min(1, rivals.getOrDefault(best, 0.0));
        rivals.remove(best);
        double empty = probabilities.getOrDefault(EMPTY_BELT, 0.0);
        double next = rivals.values().stream().reduce(empty, Math::max);
        double gap = confidence - next;
        return new Judgement(
                best,
                mostProbableLabel(best, probabilities),
                confidence,
                Math.max(0, gap),
                routing(fraction(best), confidence, gap, familiarity, residualLane));
    }

    private Routing routing(
            Fraction fraction, double confidence, double gap, @Nullable Double familiarity, String residualLane) {
        if (leastFamiliarity != null && familiarity != null && familiarity < leastFamiliarity) {
            String reason = UNFAMILIAR + ": " + below("familiarity", familiarity, leastFamiliarity);
            return new Routing(Decision.UNCERTAIN, residualLane, reason);
        }
        if (gap < fraction.leastGap()) {
            String reason = below("gap to the next fraction", gap, fraction.leastGap());
            return new Routing(Decision.AMBIGUOUS, residualLane, reason);
        }
        if (confidence < fraction.leastConfidence()) {
            String reason = below("confidence", confidence, fraction.leastConfidence());
            return new Routing(Decision.UNCERTAIN, residualLane, reason);
        }
        return new Routing(Decision.SORT, fraction.lane(), null);
    }

    private Map<String, Double> folded(Map<String, Double> probabilities) {
        Map<String, Double> folded = new LinkedHashMap<>();
        probabilities.forEach((label, probability) -> {
            if (!label.equals(EMPTY_BELT)) {
                folded.merge(fractionOf(label), probability, Double::sum);
            }
        });
        return folded;
    }

    private String mostProbableLabel(String fraction, Map<String, Double> probabilities) {
        Map<String, Double> own = new LinkedHashMap<>(probabilities);
        own.keySet()
                .removeIf(
                        label -> label.equals(EMPTY_BELT) || !fractionOf(label).equals(fraction));
        return mostProbable(own);
    }

    /** The first of them where several are equal. */
    private static String mostProbable(Map<String, Double> probabilities) {
        String best = probabilities.keySet().iterator().next();
        for (var each : probabilities.entrySet()) {
            if (each.getValue() > probabilities.getOrDefault(best, 0.0)) {
                best = each.getKey();
            }
        }
        return best;
    }

    private static String below(String what, double value, double least) {
        return String.format(Locale.ROOT, "%s %.3f is below the plan's %.3f", what, value, least);
    }

    private static void checkFractions(Map<String, Fraction> fractions, String fallback) {
        Map<String, String> taken = new HashMap<>();
        fractions.forEach((id, fraction) -> {
            if (fraction.labels().isEmpty() && !id.equals(fallback)) {
                throw mistake(
                        "has no labels: only the fallback, here '%s', may be without".formatted(fallback),
                        "fractions",
                        id);
            }
            for (String label : fraction.labels()) {
                if (label.equals(EMPTY_BELT)) {
                    throw mistakeInLabel("'empty' means a belt without an item: leave it out", id, fraction, label);
                }
                String other = taken.putIfAbsent(label, id);
                if (other != null) {
                    throw mistakeInLabel(
                            "label '%s' is in fraction '%s' already".formatted(label, other), id, fraction, label);
                }
            }
        });
    }

    private static BadDescriptionException mistakeInLabel(String problem, String id, Fraction fraction, String label) {
        // Of a label that is there twice, the second is the mistake.
        return mistake(
                problem,
                "fractions",
                id,
                "labels",
                String.valueOf(fraction.labels().lastIndexOf(label)));
    }

    private static BadDescriptionException mistake(String problem, String... path) {
        return new BadDescriptionException(List.of(path), problem);
    }
}
