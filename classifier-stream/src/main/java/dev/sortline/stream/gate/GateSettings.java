// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.gate;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which cameras have a gate: {@code emptyGate} in the line file. What is absent has its default. Each setting is described where it is
 * declared; docs/line-file.md is made of that.
 */
public record GateSettings(
        @JsonPropertyDescription(
                        "what it does: nothing, count what it would answer, or answer frames of an empty belt itself")
                @JsonProperty(defaultValue = USUAL_MODE)
                @Nullable GateMode mode,
        @JsonPropertyDescription("single cameras that differ, by line and by their name there") @Nullable Map<String, Map<String, GateMode>> cameras) {
    /** What suits most lines. */
    public static final GateSettings DEFAULT = new GateSettings(null, null);

    private static final String USUAL_MODE = "shadow";

    public GateSettings {
        Map<String, Map<String, GateMode>> copied = new LinkedHashMap<>();
        if (cameras != null) {
            cameras.forEach((line, modes) -> copied.put(line, Collections.unmodifiableMap(new LinkedHashMap<>(modes))));
        }
        cameras = Collections.unmodifiableMap(copied);
    }

    /** Single cameras that differ, by line and by their name there. */
    @Override
    public Map<String, Map<String, GateMode>> cameras() {
        return Objects.requireNonNull(cameras);
    }

    /** The same for all cameras. */
    public static GateSettings of(GateMode mode) {
        return new GateSettings(mode, null);
    }

    /** What the gate of a line's camera does. */
    public GateMode modeOf(String line, String camera) {
        GateMode usual = mode == null ? GateMode.SHADOW : mode;
        return cameras().getOrDefault(line, Map.of()).getOrDefault(camera, usual);
    }
}
