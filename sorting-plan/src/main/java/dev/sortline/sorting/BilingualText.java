// SPDX-License-Identifier: Apache-2.0
package dev.sortline.sorting;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotBlank;

/** What people read, in the languages of the plants. */
@JsonClassDescription("What people read, in the languages of the plants.")
public record BilingualText(
        @JsonPropertyDescription("in English") @JsonProperty(required = true) @NotBlank String en,
        @JsonPropertyDescription("in Indonesian") @JsonProperty(required = true) @NotBlank String id) {
    public BilingualText {
        check("en", en);
        check("id", id);
    }

    private static void check(String language, String words) {
        if (words.isBlank()) {
            throw new IllegalArgumentException("%s is blank: say it in this language, too".formatted(language));
        }
    }
}
