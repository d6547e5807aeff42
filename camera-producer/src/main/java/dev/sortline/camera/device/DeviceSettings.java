// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.device;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.sortline.camera.source.CameraSource;
import dev.sortline.camera.source.ConnectionSettings;
import dev.sortline.camera.source.SourceSettings;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A camera at this machine. Each setting is described where it is declared; docs/line-file.md is made of that. */
@JsonClassDescription(
        "A camera at this machine, a Linux, by Video4Linux: a USB camera or a frame grabber. Its JPEGs travel as they are; other"
                + " pictures become JPEGs.")
public record DeviceSettings(
        @JsonPropertyDescription(
                        "the device, as /dev/video0; better one of /dev/v4l/by-id or by-path, which stays the same when another is plugged in")
                @JsonProperty(required = true)
                Path path,
        @JsonPropertyDescription("width in pixels, 16 to 16384; what the camera chooses when absent, needs height")
                @Min(LEAST_EDGE) @Max(MOST_EDGE) @Nullable Integer width,
        @JsonPropertyDescription("height in pixels, 16 to 16384; what the camera chooses when absent, needs width")
                @Min(LEAST_EDGE) @Max(MOST_EDGE) @Nullable Integer height,
        @JsonPropertyDescription("pictures a second, 0.1 to 1000; what the camera chooses when absent")
                @DecimalMin("0.1") @DecimalMax("1000") @Nullable Double framesPerSecond,
        @JsonPropertyDescription("milliseconds without a picture after which the device is given up, 100 to 600000; "
                        + SILENT_AFTER_MILLIS + " when absent")
                @Min(LEAST_SILENT_MILLIS) @Max(MOST_SILENT_MILLIS) @Nullable Integer silentAfterMillis)
        implements ConnectionSettings {
    private static final int LEAST_EDGE = 16;
    private static final int MOST_EDGE = 16_384;
    private static final double LEAST_RATE = 0.1;
    private static final double MOST_RATE = 1_000;
    private static final int SILENT_AFTER_MILLIS = 5_000;
    private static final int LEAST_SILENT_MILLIS = 100;
    private static final int MOST_SILENT_MILLIS = 600_000;

    public DeviceSettings {
        check("width", width, LEAST_EDGE, MOST_EDGE);
        check("height", height, LEAST_EDGE, MOST_EDGE);
        check("silentAfterMillis", silentAfterMillis, LEAST_SILENT_MILLIS, MOST_SILENT_MILLIS);
        if ((width == null) != (height == null)) {
            throw new IllegalArgumentException(
                    "width is %s and height is %s: set both, or neither".formatted(width, height));
        }
        if (framesPerSecond != null && !(framesPerSecond >= LEAST_RATE && framesPerSecond <= MOST_RATE)) {
            throw new IllegalArgumentException(
                    "framesPerSecond is %s: must be from 0.1 to 1000".formatted(framesPerSecond));
        }
    }

    private static void check(String name, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            throw new IllegalArgumentException("%s is %d: must be from %d to %d".formatted(name, value, least, most));
        }
    }

    @Override
    public SourceSettings startingAt(Path folder) {
        return new DeviceSettings(folder.resolve(path), width, height, framesPerSecond, silentAfterMillis);
    }

    @Override
    public CameraSource open(InstantSource clock) {
        return new DeviceCamera(this, clock);
    }

    @Override
    public String place() {
        return path.toString();
    }

    Duration silentAfter() {
        return Duration.ofMillis(silentAfterMillis == null ? SILENT_AFTER_MILLIS : silentAfterMillis);
    }
}
