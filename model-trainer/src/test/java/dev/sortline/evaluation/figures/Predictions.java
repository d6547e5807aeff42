// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation.figures;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Made-up answers of a model. */
public final class Predictions {
    private final List<Prediction> list = new ArrayList<>();

    /** Some answers of the same kind. */
    public Predictions add(int times, String truth, String answer, double confidence) {
        for (int i = 0; i < times; i++) {
            list.add(new Prediction(
                    Path.of("data", truth, list.size() + ".jpg"),
                    truth,
                    answer,
                    confidence,
                    truth.equals(answer) ? confidence : 0));
        }
        return this;
    }

    public List<Prediction> list() {
        return List.copyOf(list);
    }
}
