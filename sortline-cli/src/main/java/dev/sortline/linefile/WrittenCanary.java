// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

/** A model that decides a few lines first, as it is written. */
@JsonClassDescription("A model that decides a few lines before it decides all: models.md.")
record WrittenCanary(
        @JsonPropertyDescription("the model package's folder") @JsonProperty(required = true) Path model,
        @JsonPropertyDescription("ids of the lines that it decides") @JsonProperty(required = true)
                List<String> lines) {
    WrittenCanary {
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("lines is empty: name at least one, or leave canary out");
        }
        if (new HashSet<>(lines).size() < lines.size()) {
            throw new IllegalArgumentException("lines is %s: each may be there once".formatted(lines));
        }
        lines = List.copyOf(lines);
    }
}
