// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.check;

import dev.sortline.camera.device.DeviceSettings;
import dev.sortline.camera.genicam.GenicamSettings;
import dev.sortline.camera.mjpeg.MjpegSettings;
import dev.sortline.camera.rtsp.RtspSettings;
import dev.sortline.camera.source.ConnectionSettings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a camera speaks, as far as where it is tells that. */
public enum CameraKind {
    /** JPEGs over HTTP. */
    MJPEG("mjpeg"),
    /** A network camera with RTSP. */
    RTSP("rtsp"),
    /** A camera at this machine. */
    DEVICE("device"),
    /** A machine-vision camera. */
    GENICAM("genicam");

    private static final String GENICAM_PREFIX = "genicam:";
    private static final Pattern URL = Pattern.compile("(?i)(https?|rtsps?)://.*");
    private static final Pattern ADDRESS =
            Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[?[0-9a-fA-F]*:[0-9a-fA-F:.]*]?");

    private final String word;

    CameraKind(String word) {
        this.word = word;
    }

    /** As {@code type} says it in the line file. */
    public String word() {
        return word;
    }

    /** The kind of this name. */
    public static Optional<CameraKind> named(String word) {
        for (CameraKind kind : values()) {
            if (kind.word.equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /**
     * The kind that a camera most likely is.
     *
     * @param place a URL, the path of a device, an IP address, or {@code genicam:} and an id, which may be absent
     * @return empty when nothing can be told of it
     */
    public static Optional<CameraKind> guess(String place) {
        if (URL.matcher(place).matches()) {
            return Optional.of(place.toLowerCase(Locale.ROOT).startsWith("rtsp") ? RTSP : MJPEG);
        }
        if (place.startsWith("/")) {
            return Optional.of(DEVICE);
        }
        return place.startsWith(GENICAM_PREFIX) || ADDRESS.matcher(place).matches()
                ? Optional.of(GENICAM)
                : Optional.empty();
    }

    /**
     * The settings of a camera of this kind, of which no more is known than where it is.
     *
     * @param user null for none
     * @param passwordFile null for none
     * @throws IllegalArgumentException when the camera cannot be there, or a user is given to one that knows none
     */
    public ConnectionSettings settings(String place, @Nullable String user, @Nullable Path passwordFile) {
        return switch (this) {
            case MJPEG -> new MjpegSettings(place, user, passwordFile, null, null, null, null);
            case RTSP -> new RtspSettings(place, user, passwordFile, null, null, null);
            case DEVICE -> {
                checkNobody(user, passwordFile);
                yield new DeviceSettings(Path.of(place), null, null, null, null);
            }
            case GENICAM -> {
                checkNobody(user, passwordFile);
                yield new GenicamSettings(genicamAddress(place), null, null, null, null, null);
            }
        };
    }

    private static @Nullable String genicamAddress(String place) {
        String address = place.startsWith(GENICAM_PREFIX) ? place.substring(GENICAM_PREFIX.length()) : place;
        return address.isBlank() ? null : address;
    }

    private void checkNobody(@Nullable String user, @Nullable Path passwordFile) {
        if (user != null || passwordFile != null) {
            throw new IllegalArgumentException("user is '%s' and passwordFile is %s: a camera of type %s knows no users"
                    .formatted(user, passwordFile, word));
        }
    }
}
