// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.device;

import dev.sortline.camera.ffmpeg.Ffmpeg;
import dev.sortline.camera.ffmpeg.OpeningFault;
import dev.sortline.camera.source.CameraFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Says what is wrong where a device could not be opened. The numbers are Linux', for the devices are.
 *
 * @param path the device
 */
record DeviceFaults(Path path) implements OpeningFault {
    private static final int NO_SUCH_FILE = -2;
    private static final int NO_SUCH_ADDRESS = -6;
    private static final int NO_PERMISSION = -13;
    private static final int BUSY = -16;
    private static final int NO_SUCH_DEVICE = -19;
    private static final int NO_CAMERA = -25;

    /** The device has none of the formats or sizes that were asked for. */
    static final int NOT_SO = -22;

    @Override
    public CameraFault of(int error, String said, Duration waited) {
        return switch (error) {
            case NO_SUCH_FILE, NO_SUCH_DEVICE, NO_SUCH_ADDRESS ->
                fault(CameraFault.Kind.NOT_FOUND, "there is no such device; see /dev/v4l/by-id for those that are");
            case NO_PERMISSION ->
                fault(
                        CameraFault.Kind.REFUSED,
                        "may not be opened by this user; add it to the group %s and log in again".formatted(group()));
            case BUSY ->
                fault(
                        CameraFault.Kind.REFUSED,
                        "another program films with it; fuser -v %s says which".formatted(path));
            case NO_CAMERA -> fault(CameraFault.Kind.NO_VIDEO, "is no camera");
            case NOT_SO ->
                fault(
                        CameraFault.Kind.CODEC,
                        "gives none of the formats asked for; v4l2-ctl --device %s --list-formats-ext says what it gives"
                                .formatted(path));
            default -> fault(CameraFault.Kind.NO_VIDEO, "does not answer as a camera does: " + Ffmpeg.words(error));
        };
    }

    private String group() {
        try {
            return String.valueOf(Files.getAttribute(path, "posix:group"));
        } catch (IOException | UnsupportedOperationException e) {
            return "video";
        }
    }

    private CameraFault fault(CameraFault.Kind kind, String what) {
        return new CameraFault(kind, path + ": " + what);
    }
}
