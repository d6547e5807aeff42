// SPDX-License-Identifier: Apache-2.0
package dev.sortline.quantization;

import java.nio.file.Path;
import java.util.List;

/**
 * What is to be rounded to eight bits, and by which pictures.
 *
 * @param model the package
 * @param data folders of labelled pictures to measure ranges on, at least one; those that the model learned from are right
 * @param validation folder of labelled pictures to judge by, none of them in {@code data}
 */
public record QuantizationRequest(Path model, List<Path> data, Path validation) {
    public QuantizationRequest {
        data = List.copyOf(data);
        if (data.isEmpty()) {
            throw new IllegalArgumentException("ranges are measured on at least one folder of pictures");
        }
    }
}
