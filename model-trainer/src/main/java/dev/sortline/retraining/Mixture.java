// SPDX-License-Identifier: Apache-2.0
package dev.sortline.retraining;

import dev.sortline.trainer.learning.TemperatureScaling;
import dev.sortline.trainer.network.NpyArray;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A network between the base and what was retrained of it, and what it says: weights that lie on the line between two such networks mostly
 * know what both know (Wortsman et al., "Robust fine-tuning of zero-shot models", 2022).
 *
 * @param share of the retrained weights, 0..1; 0 is the base
 * @param known what it says of pictures of what was known before
 * @param reviewed what it says of reviewed pictures that were not learned from
 */
record Mixture(double share, Answers known, Answers reviewed) {
    /** From the retrained network to nearly the base. */
    static final List<Double> SHARES = List.of(1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1);

    /** What may be lost of the known pictures, as a share of them. */
    static final double MOST_LOST = 0.01;

    /** The weights of a share, by their names. */
    static Map<String, NpyArray> weights(Map<String, NpyArray> base, Map<String, NpyArray> retrained, double share) {
        Map<String, NpyArray> mixed = new LinkedHashMap<>();
        base.forEach((name, before) -> {
            float[] after = Objects.requireNonNull(retrained.get(name), name).values();
            float[] values = before.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (share * (after[i] - values[i]));
            }
            mixed.put(name, NpyArray.of(values, before.shape()));
        });
        return mixed;
    }

    /** Fitted on all pictures that were not learned from. */
    double temperature() {
        return known.and(reviewed).temperature();
    }

    /** How far it is from the truth on reviewed pictures: the mean negative log-likelihood, in nats, with true confidences. */
    double loss() {
        return TemperatureScaling.meanLoss(reviewed.logits(), reviewed.set().truths(), temperature());
    }

    /** Whether it names enough of what the base named rightly, and no fewer of the reviewed pictures. */
    boolean isAllowedBeside(Mixture base) {
        int lost = base.known.right() - known.right();
        return lost <= MOST_LOST * known.set().size() + 1e-9 && reviewed.right() >= base.reviewed.right();
    }

    /**
     * The best of them, the base where none is better.
     *
     * @param base the one with share 0
     * @param others the others
     */
    static Mixture best(Mixture base, List<Mixture> others) {
        return others.stream()
                .filter(mixture -> mixture.isAllowedBeside(base))
                .min(Comparator.comparingDouble(Mixture::loss))
                .filter(mixture -> mixture.loss() < base.loss())
                .orElse(base);
    }
}
