// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.trigger;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** A picture every so often. Each setting is described where it is declared; docs/line-file.md is made of that. */
@JsonClassDescription("One picture in each stretch of so many milliseconds becomes a frame.")
public record IntervalSettings(
        @JsonPropertyDescription("length of a stretch in milliseconds, by the time of capture")
                @JsonProperty(required = true)
                @Min(1) @Max(MOST_MILLIS) int millis)
        implements TriggerSettings {
    private static final int MOST_MILLIS = 3_600_000;

    public IntervalSettings {
        Bounds.check("millis", millis, 1, MOST_MILLIS);
    }

    @Override
    public FrameTrigger open(String cameraId) {
        return new IntervalTrigger(Duration.ofMillis(millis));
    }
}
