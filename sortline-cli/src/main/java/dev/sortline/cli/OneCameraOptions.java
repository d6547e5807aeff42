// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.camera.ffmpeg.PictureShapeSettings;
import dev.sortline.camera.live.CameraSettings;
import dev.sortline.camera.picture.Region;
import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.camera.source.SourceSettings;
import dev.sortline.camera.trigger.IntervalSettings;
import dev.sortline.camera.trigger.TriggerSettings;
import dev.sortline.process.CommandFailure;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which camera one is, and what is sent of it. What else there is can be said in a line file. */
final class OneCameraOptions {
    @Option(
            names = "--line",
            paramLabel = "ID",
            defaultValue = "line-1",
            description = "The line that it looks at (default: ${DEFAULT-VALUE}).")
    private String line;

    @Option(
            names = "--camera",
            paramLabel = "ID",
            defaultValue = "camera-1",
            description = "What it is called on its line (default: ${DEFAULT-VALUE}).")
    private String camera;

    @Option(
            names = "--every",
            paramLabel = "MILLIS",
            description = "Send at most one picture in so many milliseconds (default: each).")
    private @Nullable Integer everyMillis;

    @Option(
            names = "--max-edge",
            paramLabel = "PIXELS",
            description = "Make pictures smaller, so that their longer edge has no more.")
    private @Nullable Integer maxEdge;

    @Option(names = "--quality", paramLabel = "1-100", description = "Make JPEGs of this quality.")
    private @Nullable Integer quality;

    @Option(
            names = "--crop",
            paramLabel = "L,T,W,H",
            converter = RegionConverter.class,
            description =
                    "Send a part of the picture: left, top, width and height in parts of the whole, as 0.1,0,0.8,1.")
    private @Nullable Region crop;

    @Option(
            names = "--rotate",
            paramLabel = "DEGREES",
            description = "Turn pictures clockwise by 90, 180 or 270 degrees.")
    private @Nullable Integer rotate;

    /** Reads four numbers with commas between them. */
    static final class RegionConverter implements ITypeConverter<Region> {
        private static final int NUMBERS = 4;

        @Override
        public Region convert(String text) {
            String[] parts = text.split(",", -1);
            if (parts.length != NUMBERS) {
                throw new TypeConversionException("'%s' is not left,top,width,height".formatted(text));
            }
            try {
                return new Region(number(parts[0]), number(parts[1]), number(parts[2]), number(parts[3]));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'%s': %s".formatted(text, e.getMessage()));
            }
        }

        private static double number(String text) {
            return Double.parseDouble(text.strip());
        }
    }

    /**
     * The camera's line and name.
     *
     * @throws CommandFailure when they are none
     */
    LineCamera camera() {
        return checked(() -> new LineCamera(line, camera));
    }

    /**
     * The camera, of what it speaks.
     *
     * @throws CommandFailure when a value cannot be
     */
    CameraSettings settings(Supplier<SourceSettings> source) {
        return checked(() -> new CameraSettings(
                source.get(), trigger(), new PictureShapeSettings(maxEdge, quality, crop, rotate), null));
    }

    private @Nullable TriggerSettings trigger() {
        return everyMillis == null ? null : new IntervalSettings(everyMillis);
    }

    private static <T> T checked(Supplier<T> making) {
        try {
            return making.get();
        } catch (IllegalArgumentException e) {
            throw CommandFailure.ofConfiguration(String.valueOf(e.getMessage()));
        }
    }
}
