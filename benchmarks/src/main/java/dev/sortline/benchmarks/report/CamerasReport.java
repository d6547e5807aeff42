// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to film with live cameras.
 *
 * @param conditions under which
 * @param loadAverage of the machine over the last minute before it began; negative when the system does not tell
 * @param size of the pictures, width x height
 * @param framesPerSecond that each camera gives
 * @param meanBytes of a JPEG
 * @param mjpeg one camera that gives JPEGs over HTTP
 * @param rtsp one camera that gives H.264 over RTSP; null when it was left out
 * @param many sixteen cameras as the first, in one process
 * @param leftOut what was left out, and why
 */
public record CamerasReport(
        Conditions conditions,
        double loadAverage,
        String size,
        int framesPerSecond,
        int meanBytes,
        Filmed mjpeg,
        @Nullable Filmed rtsp,
        Filmed many,
        List<String> leftOut)
        implements BenchmarkReport {
    public CamerasReport {
        leftOut = List.copyOf(leftOut);
    }

    /**
     * What filming with some cameras came to.
     *
     * @param cameras how many
     * @param processors that the whole process took
     * @param ffmpegProcessors that {@code ffmpeg -c copy} takes for one of the cameras; null when it was not asked
     * @param given pictures that the cameras gave until they were stopped, of all turns; null when they do not tell
     * @param settled pictures of which a fate is known by then
     * @param published of these, frames that the broker has
     * @param lostMeanwhile those with another fate in the measured time alone: the first ones come before Kafka is connected to
     * @param givenPerSecond by the camera that gave the fewest; null when they do not tell
     * @param publishedPerSecond of the camera of which the fewest were published, in the worst turn
     * @param delay from capture to the broker
     */
    public record Filmed(
            int cameras,
            MedianOfTurns processors,
            @Nullable MedianOfTurns ffmpegProcessors,
            @Nullable Long given,
            long settled,
            long published,
            long lostMeanwhile,
            @Nullable Double givenPerSecond,
            double publishedPerSecond,
            Delay delay) {}

    /**
     * From when a camera says that it sent a picture, or else from when it began to arrive, until the broker has acknowledged it.
     *
     * @param meanMillis of all frames
     * @param within10Millis share of frames, 0 to 1
     * @param within20Millis share of frames, 0 to 1
     * @param within50Millis share of frames, 0 to 1
     * @param within100Millis share of frames, 0 to 1
     */
    public record Delay(
            double meanMillis,
            double within10Millis,
            double within20Millis,
            double within50Millis,
            double within100Millis) {}

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s at %d frames a second, JPEGs of %.1f kB; load average before: %.1f",
                size,
                framesPerSecond,
                meanBytes / 1e3,
                loadAverage));
        add(lines, "one MJPEG camera", mjpeg);
        if (rtsp != null) {
            add(lines, "one RTSP camera, H.264", rtsp);
        }
        add(lines, many.cameras() + " MJPEG cameras", many);
        leftOut.forEach(what -> lines.add("left out: " + what));
        return lines;
    }

    private static void add(List<String> lines, String name, Filmed filmed) {
        lines.add(name);
        lines.add(words(
                "  processor        %6.1f %% of a core, the whole process%s",
                100 * filmed.processors().median(),
                filmed.ffmpegProcessors() == null
                        ? ""
                        : words(
                                "; ffmpeg -c copy %.1f %%",
                                100 * filmed.ffmpegProcessors().median())));
        lines.add(words(
                "  rate             %6.1f frames a second published of the slowest camera%s",
                filmed.publishedPerSecond(),
                filmed.givenPerSecond() == null ? "" : words(", %.1f given", filmed.givenPerSecond())));
        lines.add(words(
                "  pictures           %s given, %d published, %d with another fate, of which %d in the measured time",
                filmed.given() == null ? "?" : filmed.given().toString(),
                filmed.published(),
                filmed.settled() - filmed.published(),
                filmed.lostMeanwhile()));
        Delay delay = filmed.delay();
        lines.add(words(
                "  capture to broker %5.1f ms in the mean; %.1f %% within 10 ms, %.1f %% within 20 ms, %.1f %% within 50 ms, %.1f %% within 100 ms",
                delay.meanMillis(),
                100 * delay.within10Millis(),
                100 * delay.within20Millis(),
                100 * delay.within50Millis(),
                100 * delay.within100Millis()));
    }

    private static String words(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
