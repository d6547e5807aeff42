// SPDX-License-Identifier: Apache-2.0
package dev.sortline.familiarity;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which package shall tell familiarity, and by which pictures.
 *
 * @param model the package
 * @param data folders of labelled pictures that the model learned from, at least one
 * @param further a folder with others that it learned from, of another origin; may be absent
 * @param furtherLabels class folders of it that count; empty for all
 * @param unknown folders of class folders with things that are no label of the model, to tell known things from; may be none. Class folders that
 *     are labels of the model are left out
 * @param validation folder of labelled pictures that the model did not learn from: familiarity is the share of these that are less familiar
 */
public record FamiliarityRequest(
        Path model,
        List<Path> data,
        Optional<Path> further,
        List<String> furtherLabels,
        List<Path> unknown,
        Path validation) {
    public FamiliarityRequest {
        furtherLabels = List.copyOf(furtherLabels);
        data = List.copyOf(data);
        unknown = List.copyOf(unknown);
        if (data.isEmpty()) {
            throw new IllegalArgumentException("what is known is shown by at least one folder of pictures");
        }
    }

    /** Of a model that learned from one origin. */
    public FamiliarityRequest(Path model, List<Path> data, List<Path> unknown, Path validation) {
        this(model, data, Optional.empty(), List.of(), unknown, validation);
    }
}
