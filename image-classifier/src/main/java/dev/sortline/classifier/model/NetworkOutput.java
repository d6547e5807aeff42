// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a network's output means, so that the runtime can put the temperature to work on it. */
public enum NetworkOutput {
    /** Unbounded scores; probabilities are their softmax. */
    @JsonProperty("logits")
    LOGITS,
    /** The network ends in a softmax; its logarithm gives the scores back, up to a constant that softmax does not see. */
    @JsonProperty("probabilities")
    PROBABILITIES;

    /** As the manifest writes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
