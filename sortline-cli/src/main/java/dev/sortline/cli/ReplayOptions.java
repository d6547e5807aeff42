// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.camera.replay.ImageFolderException;
import dev.sortline.camera.replay.ReplayImage;
import dev.sortline.camera.replay.ReplaySettings;
import dev.sortline.linefile.LineFile;
import dev.sortline.process.CommandFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** What {@code sortline produce replay} is to play: which images, as which cameras of which lines saw them, and where to. */
final class ReplayOptions {
    @Parameters(paramLabel = "DIR", description = "A folder of .jpg or .png images, or of one such folder a label.")
    private Path folder;

    @Option(
            names = "--line",
            paramLabel = "ID",
            description = "A line to publish to; may be repeated (default: the lines of --config, else line-1).")
    private List<String> lines = List.of();

    @Option(
            names = "--camera",
            paramLabel = "ID",
            description = "A camera, on every line; may be repeated (default: camera-1).")
    private List<String> cameras = List.of();

    @Option(names = "--lines", paramLabel = "N", description = "Publish to line-1 to line-N.")
    private @Nullable Integer lineCount;

    @Option(names = "--cameras", paramLabel = "N", description = "Have camera-1 to camera-N on every line.")
    private @Nullable Integer cameraCount;

    @Option(
            names = "--fps",
            paramLabel = "F",
            defaultValue = "10",
            description = "Frames a second of each camera, up to 1000 (default: ${DEFAULT-VALUE}).")
    private double framesPerSecond;

    @Option(names = "--once", description = "Stop after the last image instead of beginning again.")
    private boolean once;

    @Mixin
    private ClusterOptions cluster;

    /**
     * The images of the folder.
     *
     * @throws CommandFailure when there are none
     */
    List<ReplayImage> images() {
        try {
            return ReplayImage.inFolder(folder);
        } catch (ImageFolderException e) {
            throw CommandFailure.ofConfiguration(String.valueOf(e.getMessage()));
        }
    }

    /** Where they go. */
    ClusterOptions cluster() {
        return cluster;
    }

    /**
     * How the images are played.
     *
     * @throws CommandFailure when so many frames a second cannot be
     */
    ReplaySettings settings() {
        return checked(() -> new ReplaySettings(framesPerSecond, !once));
    }

    /**
     * Each camera of each line.
     *
     * @param command what is told of options that do not go together
     * @throws ParameterException when lines or cameras are both named and counted, or there are none
     * @throws CommandFailure when an id is none
     */
    List<LineCamera> cameras(Optional<LineFile> file, CommandLine command) {
        var described =
                file.map(lineFile -> lineFile.sortingLines().stream().sorted().toList());
        var lineIds = ids("line", lines, lineCount, described.orElse(List.of("line-1")), command);
        var cameraIds = ids("camera", cameras, cameraCount, List.of("camera-1"), command);
        return lineIds.stream()
                .flatMap(line -> cameraIds.stream().map(camera -> checked(() -> new LineCamera(line, camera))))
                .toList();
    }

    /** Whether the images are played once, and not again and again. */
    boolean once() {
        return once;
    }

    private static List<String> ids(
            String kind, List<String> named, @Nullable Integer count, List<String> otherwise, CommandLine command) {
        if (count == null) {
            return named.isEmpty() ? otherwise : named.stream().distinct().toList();
        }
        if (!named.isEmpty() || count < 1) {
            throw new ParameterException(
                    command, "--%ss is %d: must be at least 1, and cannot go with --%s".formatted(kind, count, kind));
        }
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> kind + "-" + number)
                .toList();
    }

    private static <T> T checked(Supplier<T> making) {
        try {
            return making.get();
        } catch (IllegalArgumentException e) {
            throw CommandFailure.ofConfiguration(String.valueOf(e.getMessage()));
        }
    }
}
