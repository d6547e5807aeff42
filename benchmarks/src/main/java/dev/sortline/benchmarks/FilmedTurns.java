// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks;

import dev.sortline.benchmarks.line.ProducedFrames;
import dev.sortline.benchmarks.report.CamerasReport.Delay;
import dev.sortline.benchmarks.report.CamerasReport.Filmed;
import dev.sortline.benchmarks.report.MedianOfTurns;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds up what filming with the same cameras came to in several turns. Used by one thread. */
final class FilmedTurns {
    private static final double[] BOUNDS_SECONDS = {0.01, 0.02, 0.05, 0.1};

    private final int cameras;
    private final List<Double> processors = new ArrayList<>();
    private final List<Double> ffmpeg = new ArrayList<>();
    private final long[] within = new long[BOUNDS_SECONDS.length];
    private long frames;
    private double delaySeconds;
    private @Nullable Long given;
    private long settled;
    private long published;
    private long lostMeanwhile;
    private @Nullable Double givenPerSecond;
    private double publishedPerSecond = Double.POSITIVE_INFINITY;

    FilmedTurns(int cameras) {
        this.cameras = cameras;
    }

    /** What {@code ffmpeg -c copy} took, in processors. */
    void addFfmpeg(double share) {
        ffmpeg.add(share);
    }

    /**
     * What was measured over a time.
     *
     * @param share processors that the process took
     * @param since what the cameras came to in it
     */
    void addWindow(double share, ProducedFrames since, double seconds) {
        processors.add(share);
        lostMeanwhile += since.settled() - since.allPublished();
        since.published().values().forEach(count -> publishedPerSecond = Math.min(publishedPerSecond, count / seconds));
        for (int i = 0; i < within.length; i++) {
            within[i] += since.withinSeconds().getOrDefault(BOUNDS_SECONDS[i], 0L);
        }
        frames += since.withinSeconds().getOrDefault(Double.POSITIVE_INFINITY, 0L);
        delaySeconds += since.delaySeconds();
    }

    /** What the slowest camera gave over that time. */
    void addGivenRate(double perSecond) {
        givenPerSecond = givenPerSecond == null ? perSecond : Math.min(givenPerSecond, perSecond);
    }

    /** What it came to in all, from the first picture to the last; the cameras may not tell what they gave. */
    void addEnd(@Nullable Long all, ProducedFrames end) {
        if (all != null) {
            given = given == null ? all : given + all;
        }
        settled += end.settled();
        published += end.allPublished();
    }

    Filmed filmed() {
        return new Filmed(
                cameras,
                MedianOfTurns.of(processors),
                ffmpeg.isEmpty() ? null : MedianOfTurns.of(ffmpeg),
                given,
                settled,
                published,
                lostMeanwhile,
                givenPerSecond,
                publishedPerSecond,
                new Delay(1_000 * delaySeconds / frames, share(0), share(1), share(2), share(3)));
    }

    private double share(int bound) {
        return (double) within[bound] / frames;
    }
}
