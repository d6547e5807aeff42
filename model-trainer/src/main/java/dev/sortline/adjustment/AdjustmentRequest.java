// SPDX-License-Identifier: Apache-2.0
package dev.sortline.adjustment;

import java.nio.file.Path;
import java.util.List;

/**
 * Which labels of a package to hold back, and what to measure that by.
 *
 * @param model the package, trained here
 * @param labels that are to be held back, at least one and not all that the model knows
 * @param shifted a folder of class folders: pictures that are strange to the model, by which it is decided how far
 * @param validation a folder of class folders: pictures as it knows them, by which confidences are made true anew
 */
public record AdjustmentRequest(Path model, List<String> labels, Path shifted, Path validation) {
    public AdjustmentRequest {
        labels = List.copyOf(labels);
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("name at least one label to hold back");
        }
    }
}
