// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.genicam;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.sortline.camera.source.CameraSource;
import dev.sortline.camera.source.ConnectionSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A machine-vision camera that speaks GenICam over GigE Vision or USB3 Vision. Each setting is described where it is declared. */
@JsonClassDescription(
        "A machine-vision camera that speaks GenICam over GigE Vision or USB3 Vision, read through Aravis (Debian's libaravis-0.8-0).")
public record GenicamSettings(
        @JsonPropertyDescription(
                        "its IP address, or its id as Aravis tells it (Vendor-Serial); when absent, the only one that is found")
                @Nullable String address,
        @JsonPropertyDescription("pixel format that it is set to, by its GenICam name: " + FORMATS
                        + "; left as it is when absent")
                @Pattern(regexp = FORMAT_NAMES) @Nullable String pixelFormat,
        @JsonPropertyDescription(
                        "quality of the JPEGs that are made of its pictures, 1 to 100; " + QUALITY + " when absent")
                @Min(1) @Max(100) @Nullable Integer quality,
        @JsonPropertyDescription(
                        "input that starts each picture, by its GenICam name, such as Line1; the camera's own rate when absent")
                @Pattern(regexp = NAMES) @Nullable String triggerSource,
        @JsonPropertyDescription(
                        "it counts as failed when no picture has come for so many milliseconds, where no triggerSource is set; "
                                + SILENT_MILLIS + " when absent")
                @Min(LEAST_SILENT_MILLIS) @Max(MOST_SILENT_MILLIS) @Nullable Integer silentAfterMillis,
        @JsonPropertyDescription(
                        "what a picture takes at least from its time stamp to its arrival here, in milliseconds, taken off its time: reading out and"
                                + " transmission, which no clock tells; 0 when absent")
                @Min(0) @Max(MOST_DELAY_MILLIS) @Nullable Integer delayMillis)
        implements ConnectionSettings {
    static final String FORMATS = "Mono8, RGB8, BGR8, BayerGR8, BayerRG8, BayerGB8 or BayerBG8";
    private static final String FORMAT_NAMES = "^(Mono8|RGB8|BGR8|Bayer(GR|RG|GB|BG)8)$";
    private static final String NAMES = "^[A-Za-z0-9_]{1,64}$";
    private static final int QUALITY = 90;
    private static final int SILENT_MILLIS = 5_000;
    private static final int LEAST_SILENT_MILLIS = 100;
    private static final int MOST_SILENT_MILLIS = 3_600_000;
    private static final int MOST_DELAY_MILLIS = 10_000;

    public GenicamSettings {
        if (pixelFormat != null && !pixelFormat.matches(FORMAT_NAMES)) {
            throw new IllegalArgumentException("pixelFormat is '%s': must be %s".formatted(pixelFormat, FORMATS));
        }
        check("quality", quality, 1, 100);
        if (triggerSource != null && !triggerSource.matches(NAMES)) {
            throw new IllegalArgumentException(
                    "triggerSource is '%s': must be 1 to 64 letters, digits and underscores, such as Line1"
                            .formatted(triggerSource));
        }
        check("silentAfterMillis", silentAfterMillis, LEAST_SILENT_MILLIS, MOST_SILENT_MILLIS);
        check("delayMillis", delayMillis, 0, MOST_DELAY_MILLIS);
    }

    private static void check(String name, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            throw new IllegalArgumentException("%s is %d: must be from %d to %d".formatted(name, value, least, most));
        }
    }

    @Override
    public CameraSource open(InstantSource clock) {
        return new GenicamCamera(this, clock);
    }

    @Override
    public String place() {
        return address == null || address.isBlank() ? "the only GenICam camera" : "GenICam camera " + address;
    }

    int qualityOrDefault() {
        return quality == null ? QUALITY : quality;
    }

    Duration silentAfter() {
        return Duration.ofMillis(silentAfterMillis == null ? SILENT_MILLIS : silentAfterMillis);
    }

    Duration delay() {
        return Duration.ofMillis(delayMillis == null ? 0 : delayMillis);
    }
}
