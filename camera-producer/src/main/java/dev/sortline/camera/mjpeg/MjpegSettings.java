// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

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
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A camera that gives JPEGs over HTTP: as a stream of many parts, or one picture an answer, for which it is then asked again and again. What
 * the camera answers with decides. Each setting is described where it is declared; docs/line-file.md is made of that.
 */
@JsonClassDescription(
        "A camera that gives JPEGs over HTTP, as a stream (multipart/x-mixed-replace) or picture by picture.")
public record MjpegSettings(
        @JsonPropertyDescription("where its stream or picture is, by http or https, without user and password")
                @JsonProperty(required = true)
                @Pattern(regexp = URLS) String url,
        @JsonPropertyDescription("user at the camera; absent for none") @Nullable String user,
        @JsonPropertyDescription(
                        "file whose first line is the user's password, or env:NAME for an environment variable; read at each connection")
                @Nullable Path passwordFile,
        @JsonPropertyDescription("how a camera by https is trusted; as the Java runtime does when absent") @Nullable Tls tls,
        @JsonPropertyDescription("after so long without a whole picture the connection is given up, and made anew")
                @JsonProperty(defaultValue = "" + SILENT_AFTER_MILLIS)
                @Min(LEAST_SILENCE_MILLIS) @Max(HOUR_MILLIS) @Nullable Long silentAfterMillis,
        @JsonPropertyDescription(
                        "time from exposure until a picture begins to arrive; it is taken off the time of arrival")
                @JsonProperty(defaultValue = "0")
                @Min(0) @Max(MINUTE_MILLIS) @Nullable Long delayMillis,
        @JsonPropertyDescription("a camera that answers with one picture is asked once in so long")
                @JsonProperty(defaultValue = "" + SNAPSHOT_MILLIS)
                @Min(LEAST_SNAPSHOT_MILLIS) @Max(HOUR_MILLIS) @Nullable Long snapshotMillis)
        implements ConnectionSettings {
    private static final String URLS = "^https?://[^@/?#\\s]+([/?][^#\\s]*)?$";
    private static final long MINUTE_MILLIS = 60_000;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long LEAST_SILENCE_MILLIS = 100;
    private static final long LEAST_SNAPSHOT_MILLIS = 1;
    private static final long SILENT_AFTER_MILLIS = 5_000;
    private static final long SNAPSHOT_MILLIS = 100;

    /** A connection by TLS 1.2 or 1.3. */
    @JsonClassDescription("A connection by TLS 1.2 or 1.3.")
    public record Tls(
            @JsonPropertyDescription(
                            "PEM file of the certificates that are trusted; a camera's own one in it may be for another name than the url's")
                    @JsonProperty(required = true)
                    Path trust) {}

    public MjpegSettings {
        checkUrl(url);
        if (passwordFile != null && user == null) {
            throw new IllegalArgumentException("passwordFile is %s: needs a user".formatted(passwordFile));
        }
        if (user != null && passwordFile == null) {
            throw new IllegalArgumentException("user is '%s': needs a passwordFile".formatted(user));
        }
        if (tls != null && !url.startsWith("https:")) {
            throw new IllegalArgumentException(
                    "tls is set and url is %s: it must begin with https".formatted(place(url)));
        }
        check("silentAfterMillis", silentAfterMillis, LEAST_SILENCE_MILLIS, HOUR_MILLIS);
        check("delayMillis", delayMillis, 0, MINUTE_MILLIS);
        check("snapshotMillis", snapshotMillis, LEAST_SNAPSHOT_MILLIS, HOUR_MILLIS);
    }

    /** A camera at a URL that asks for no password. */
    public static MjpegSettings at(String url) {
        return new MjpegSettings(url, null, null, null, null, null, null);
    }

    @Override
    public SourceSettings startingAt(Path folder) {
        return new MjpegSettings(
                url,
                user,
                passwordFile == null ? null : folder.resolve(passwordFile),
                tls == null ? null : new Tls(folder.resolve(tls.trust())),
                silentAfterMillis,
                delayMillis,
                snapshotMillis);
    }

    @Override
    public CameraSource open(InstantSource clock) {
        return new MjpegCamera(this, clock);
    }

    /** Scheme, host, port and path: in what follows, many cameras take passwords. */
    @Override
    public String place() {
        return place(url);
    }

    /** Without what may be secret. */
    @Override
    public String toString() {
        return "MjpegSettings[" + place() + "]";
    }

    URI address() {
        return URI.create(url);
    }

    Duration silentAfter() {
        return Duration.ofMillis(silentAfterMillis == null ? SILENT_AFTER_MILLIS : silentAfterMillis);
    }

    Duration delay() {
        return Duration.ofMillis(delayMillis == null ? 0 : delayMillis);
    }

    Duration snapshotEvery() {
        return Duration.ofMillis(snapshotMillis == null ? SNAPSHOT_MILLIS : snapshotMillis);
    }

    private static void checkUrl(String url) {
        int end = afterAuthority(url);
        int at = url.lastIndexOf('@', end - 1);
        if (at >= 0) {
            throw new IllegalArgumentException(
                    "url has a user before '%s': set user and passwordFile instead".formatted(url.substring(at, end)));
        }
        if (!url.matches(URLS)) {
            throw new IllegalArgumentException(
                    "url is '%s': must begin with http:// or https:// and a host, without blanks and #"
                            .formatted(place(url)));
        }
        try {
            URI address = new URI(url);
            if (address.getHost() == null || address.getPort() > 65_535 || address.getPort() == 0) {
                throw new IllegalArgumentException("url is '%s': host or port cannot be".formatted(place(url)));
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "url is '%s': %s, at character %d".formatted(place(url), e.getReason(), e.getIndex() + 1));
        }
    }

    /** Where host and port end. */
    private static int afterAuthority(String url) {
        int scheme = url.indexOf("://");
        int end = scheme < 0 ? 0 : scheme + 3;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static String place(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    private static void check(String what, @Nullable Long value, long least, long most) {
        if (value != null && (value < least || value > most)) {
            throw new IllegalArgumentException(what + " is " + value + ": must be from " + least + " to " + most);
        }
    }
}
