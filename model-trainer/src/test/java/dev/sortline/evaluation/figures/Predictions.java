// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation.figures;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Made-up predictions of a model. */
public final class Predictions {
    private final List<Prediction> list = new ArrayList<>();

    /** Some predictions of the same kind. */
    public Predictions add(int times, String truth, String predicted, double confidence) {
        for (int i = 0; i < times; i++) {
            list.add(new Prediction(
                    Path.of("data", truth, list.size() + ".jpg"),
                    truth,
                    predicted,
                    confidence,
                    truth.equals(predicted) ? confidence : 0));
        }
        return this;
    }

    public List<Prediction> list() {
        return List.copyOf(list);
    }
}
