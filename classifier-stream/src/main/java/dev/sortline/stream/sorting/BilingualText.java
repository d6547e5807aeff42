// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.sorting;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What people read, in the languages of the plants.
 *
 * @param en in English, not blank
 * @param id in Indonesian, not blank
 */
public record BilingualText(@JsonProperty(required = true) String en, @JsonProperty(required = true) String id) {
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
