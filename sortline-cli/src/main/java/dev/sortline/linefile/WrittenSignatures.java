// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whose signatures are asked for, as it is written. */
@JsonClassDescription("Who may sign model packages and plans: models.md.")
record WrittenSignatures(
        @JsonPropertyDescription("files of public Ed25519 keys in PEM form; a signature must be of one of them")
                @JsonProperty(required = true)
                List<Path> keys,
        @JsonPropertyDescription("whether models and plans without a signature are refused")
                @JsonProperty(defaultValue = "" + REQUIRE)
                @Nullable Boolean require) {
    private static final boolean REQUIRE = true;

    WrittenSignatures {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("keys is empty: name at least one, or leave signatures out");
        }
        keys = List.copyOf(keys);
    }

    boolean requireOrDefault() {
        return require == null ? REQUIRE : require;
    }
}
