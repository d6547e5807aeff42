// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.sortline.camera.trigger.OutsideTrigger;
import dev.sortline.camera.trigger.TriggerSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Pictures that somebody outside asks for. Each setting is described where it is declared; docs/line-file.md is made of that. */
@JsonClassDescription(
        "Somebody outside says when an item is before the camera, and which: the next pictures become its frames.")
public record OutsideSettings(
        @JsonPropertyDescription("who says so; when absent only whoever posts to /triggers") @Nullable CallSourceSettings source,
        @JsonPropertyDescription(
                        "how long after its moment a trigger waits for a picture; longer than from one picture to the next, and than the"
                                + " camera's delay")
                @JsonProperty(defaultValue = "" + WAIT_MILLIS)
                @Min(1) @Max(MOST_WAIT_MILLIS) @Nullable Integer waitMillis,
        @JsonPropertyDescription("how many pictures a trigger gets at most, until the next trigger's moment; they vote")
                @JsonProperty(defaultValue = "1")
                @Min(1) @Max(MOST_FRAMES) @Nullable Integer framesPerTrigger,
        @JsonPropertyDescription("how many triggers may wait for a picture; what is above is refused")
                @JsonProperty(defaultValue = "" + WAITING)
                @Min(1) @Max(MOST_WAITING) @Nullable Integer mostWaiting)
        implements TriggerSettings {
    private static final int WAIT_MILLIS = 500;
    private static final int MOST_WAIT_MILLIS = 60_000;
    private static final int MOST_FRAMES = 1_000;
    private static final int WAITING = 16;
    private static final int MOST_WAITING = 1_000;

    public OutsideSettings {
        check("waitMillis", waitMillis, MOST_WAIT_MILLIS);
        check("framesPerTrigger", framesPerTrigger, MOST_FRAMES);
        check("mostWaiting", mostWaiting, MOST_WAITING);
    }

    @Override
    public OutsideSettings startingAt(Path folder) {
        return new OutsideSettings(
                source == null ? null : source.startingAt(folder), waitMillis, framesPerTrigger, mostWaiting);
    }

    @Override
    public OutsideTrigger open(String cameraId) {
        return new OutsideTrigger(
                cameraId,
                waiting(),
                framesPerTrigger == null ? 1 : framesPerTrigger,
                mostWaiting == null ? WAITING : mostWaiting);
    }

    /** How long a trigger waits for a picture. */
    Duration waiting() {
        return Duration.ofMillis(waitMillis == null ? WAIT_MILLIS : waitMillis);
    }

    private static void check(String what, @Nullable Integer value, int most) {
        if (value != null && (value < 1 || value > most)) {
            throw new IllegalArgumentException("%s is %d: must be from 1 to %d".formatted(what, value, most));
        }
    }
}
