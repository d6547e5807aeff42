// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which model it is.
 *
 * @param name the package's name; {@code null} where nobody knows
 * @param version the package's version; {@code null} where nobody knows
 * @param inputSize the width and height in pixels that it looks at; {@code null} where nobody knows
 * @param labels its labels, in its order; empty where nobody knows
 */
public record ModelFacts(
        @Nullable String name, @Nullable String version, @Nullable Integer inputSize, List<String> labels) {
    public ModelFacts {
        labels = List.copyOf(labels);
    }
}
