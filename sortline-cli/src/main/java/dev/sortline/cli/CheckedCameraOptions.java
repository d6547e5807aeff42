// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.camera.CameraTypes;
import dev.sortline.camera.check.CameraKind;
import dev.sortline.camera.live.CameraSettings;
import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.camera.source.ConnectionSettings;
import dev.sortline.camera.source.SourceSettings;
import dev.sortline.linefile.LineFile;
import dev.sortline.process.CommandFailure;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Which camera is to be checked: one of a line file, or one that is told here. */
final class CheckedCameraOptions {
    @Parameters(
            paramLabel = "URL|PATH|ADDRESS",
            arity = "0..1",
            description =
                    "Where it is: http(s)://… (type mjpeg), rtsp(s)://… (rtsp), /dev/… (device), an IP address or genicam:ID (genicam).")
    private @Nullable String place;

    @Option(names = "--type", paramLabel = "TYPE", description = "What it speaks: mjpeg, rtsp, device or genicam.")
    private @Nullable String type;

    @Mixin
    private PasswordOptions password;

    @Option(names = "--config", paramLabel = "line.yaml", description = "Check a camera of this line file instead.")
    private @Nullable Path config;

    @Option(names = "--line", paramLabel = "ID", description = "The camera's line in that file.")
    private @Nullable String line;

    @Option(names = "--camera", paramLabel = "ID", description = "The camera's name on its line in that file.")
    private @Nullable String camera;

    /**
     * A camera that can be connected to.
     *
     * @param kind what it speaks, as {@code type} says it in the line file
     * @param name for files about it
     */
    record Named(String kind, ConnectionSettings settings, String name) {}

    /**
     * The camera that is meant.
     *
     * @throws ParameterException when none is, or more than one may be
     * @throws CommandFailure when there is none such
     */
    Named chosen(CommandLine command) {
        if (config != null && (place != null || type != null || password.user() != null || password.file() != null)) {
            throw new ParameterException(
                    command, "say where the camera is, or --config line.yaml with --line and --camera: not both");
        }
        if (config != null) {
            return ofFile(LineFile.load(config));
        }
        if (line != null || camera != null) {
            throw new ParameterException(command, "--line and --camera need --config line.yaml");
        }
        if (place == null) {
            throw new ParameterException(
                    command, "say which camera: its URL, device or address, or --config line.yaml");
        }
        return told(place);
    }

    private Named told(String there) {
        CameraKind kind = type == null
                ? CameraKind.guess(there)
                        .orElseThrow(() -> CommandFailure.ofConfiguration(
                                "cannot tell what speaks at '%s': write http://, rtsp://, /dev/… or an IP address, or say it by --type"
                                        .formatted(there)))
                : CameraKind.named(type)
                        .orElseThrow(() -> CommandFailure.ofConfiguration(
                                "--type is '%s': must be mjpeg, rtsp, device or genicam".formatted(type)));
        try {
            return new Named(kind.word(), kind.settings(there, password.user(), password.file()), nameOf(kind, there));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.ofConfiguration(String.valueOf(e.getMessage()));
        }
    }

    private static String nameOf(CameraKind kind, String there) {
        return switch (kind) {
            case MJPEG, RTSP -> URI.create(there).getHost();
            case DEVICE, GENICAM -> {
                String name = there.substring(there.lastIndexOf('/') + 1).replaceFirst("^genicam:", "");
                yield name.isBlank() ? kind.word() : name;
            }
        };
    }

    private Named ofFile(LineFile file) {
        List<Map.Entry<LineCamera, CameraSettings>> suitable = file.cameras().entrySet().stream()
                .filter(each -> line == null || each.getKey().lineId().equals(line))
                .filter(each -> camera == null || each.getKey().cameraId().equals(camera))
                .toList();
        if (suitable.size() != 1) {
            throw CommandFailure.ofConfiguration(
                    "%s of the cameras in %s is meant: say by --line and --camera which; it has %s"
                            .formatted(
                                    suitable.isEmpty() ? "none" : "more than one",
                                    config,
                                    file.cameras().keySet()));
        }
        LineCamera meant = suitable.get(0).getKey();
        SourceSettings source = suitable.get(0).getValue().source();
        String kind = CameraTypes.SOURCES.entrySet().stream()
                .filter(each -> each.getValue().isInstance(source))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        if (source instanceof ConnectionSettings connection) {
            return new Named(kind, connection, meant.lineId() + "-" + meant.cameraId());
        }
        throw CommandFailure.ofConfiguration(
                "camera %s is of type %s: its pictures are brought, and there is nothing to connect to"
                        .formatted(meant, kind));
    }
}
