// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.rtsp;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.sortline.camera.source.CameraSource;
import dev.sortline.camera.source.ConnectionSettings;
import dev.sortline.camera.source.SourceSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A network camera that speaks RTSP. Each setting is described where it is declared; docs/line-file.md is made of that. */
@JsonClassDescription("A network camera that speaks RTSP, with H.264, H.265 or MJPEG, over one TCP connection.")
public record RtspSettings(
        @JsonPropertyDescription(
                        "where its stream is, rtsp:// or rtsps://, without user and password; the camera's manual has its path")
                @JsonProperty(required = true)
                @Pattern(regexp = URLS) String url,
        @JsonPropertyDescription("user at the camera; absent for none") @Nullable String user,
        @JsonPropertyDescription(
                        "file whose first line is the password, or env:NAME for an environment variable; needs a user")
                @Nullable Path passwordFile,
        @JsonPropertyDescription(
                        "milliseconds without an answer or a picture after which the connection is given up, 100 to 600000; "
                                + SILENT_AFTER_MILLIS + " when absent")
                @Min(LEAST_SILENT_MILLIS) @Max(MOST_SILENT_MILLIS) @Nullable Integer silentAfterMillis,
        @JsonPropertyDescription("quality of the JPEGs that are made of H.264 and H.265, 1 to 100; " + QUALITY
                        + " when absent. JPEGs of the camera travel as they are")
                @Min(1) @Max(MOST_QUALITY) @Nullable Integer quality,
        @JsonPropertyDescription(
                        "milliseconds from the exposure until a picture arrives, 0 to 10000, where the camera does not tell its time; 0"
                                + " when absent")
                @Min(0) @Max(MOST_DELAY_MILLIS) @Nullable Integer delayMillis)
        implements ConnectionSettings {
    private static final String URLS = "^rtsps?://[^@]*$";
    private static final int SILENT_AFTER_MILLIS = 5_000;
    private static final int LEAST_SILENT_MILLIS = 100;
    private static final int MOST_SILENT_MILLIS = 600_000;
    private static final int QUALITY = 90;
    private static final int MOST_QUALITY = 100;
    private static final int MOST_DELAY_MILLIS = 10_000;

    public RtspSettings {
        checkUrl(url);
        check("silentAfterMillis", silentAfterMillis, LEAST_SILENT_MILLIS, MOST_SILENT_MILLIS);
        check("quality", quality, 1, MOST_QUALITY);
        check("delayMillis", delayMillis, 0, MOST_DELAY_MILLIS);
        if (passwordFile != null && user == null) {
            throw new IllegalArgumentException("passwordFile is %s: needs a user".formatted(passwordFile));
        }
    }

    private static void checkUrl(String url) {
        if (url.contains("@")) {
            throw new IllegalArgumentException(
                    "url has a user or password in it, or an '@', which is written %40: they belong in user and passwordFile");
        }
        if (!url.matches(URLS) || !hasHost(url)) {
            throw new IllegalArgumentException(
                    "url is '%s': must be rtsp://host/path or rtsps://host/path".formatted(place(url)));
        }
    }

    private static boolean hasHost(String url) {
        try {
            return URI.create(url).getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void check(String name, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            throw new IllegalArgumentException("%s is %d: must be from %d to %d".formatted(name, value, least, most));
        }
    }

    @Override
    public SourceSettings startingAt(Path folder) {
        return passwordFile == null
                ? this
                : new RtspSettings(url, user, folder.resolve(passwordFile), silentAfterMillis, quality, delayMillis);
    }

    @Override
    public CameraSource open(InstantSource clock) {
        return new RtspCamera(this, clock);
    }

    /** Scheme, host, port and path: in what follows, some cameras take passwords. */
    @Override
    public String place() {
        return place(url);
    }

    /** Without what may be secret. */
    @Override
    public String toString() {
        return "RtspSettings[" + place() + "]";
    }

    private static String place(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    Duration silentAfter() {
        return Duration.ofMillis(silentAfterMillis == null ? SILENT_AFTER_MILLIS : silentAfterMillis);
    }

    int qualityOrDefault() {
        return quality == null ? QUALITY : quality;
    }

    Duration delay() {
        return Duration.ofMillis(delayMillis == null ? 0 : delayMillis);
    }
}
