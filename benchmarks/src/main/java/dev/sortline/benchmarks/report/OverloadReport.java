// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.report;

import java.util.List;
import java.util.Locale;

/**
 * What happens at twice the capacity.
 *
 * @param conditions under which
 * @param fromLines lines that the frames came from
 * @param prefilledCapacity frames a second that the classifier sustains from a topic full of frames, the cameras at rest
 * @param capacity frames a second that it sustains while the cameras publish more than that
 * @param offered frames a second of the overload: twice {@code capacity}
 * @param decided frames a second that were decided in time under it
 * @param decidedWithinDeadline share of the frames that were decoded whose item could still be moved, 0 to 1, over all turns
 * @param fullRateRatio {@code decided} in parts of {@code capacity}
 * @param recoverySeconds from the fall of the load, to half the capacity, until the last late event was read
 * @param residentBeforeMb resident memory before the overload, after the classifier had run at its capacity, in MB
 * @param residentGrowthMb the most resident memory under the overload and after it, less that
 * @param fates what became of the frames of the overload, over all turns
 * @param course the last turn, second by second
 */
public record OverloadReport(
        Conditions conditions,
        int fromLines,
        MedianOfTurns prefilledCapacity,
        MedianOfTurns capacity,
        MedianOfTurns offered,
        MedianOfTurns decided,
        double decidedWithinDeadline,
        double fullRateRatio,
        double recoverySeconds,
        double residentBeforeMb,
        double residentGrowthMb,
        Fates fates,
        List<Second> course)
        implements BenchmarkReport {

    public OverloadReport {
        course = List.copyOf(course);
    }

    /**
     * Frames by what became of them.
     *
     * @param published frames that the cameras published
     * @param decided frames that were decided in time, of an empty belt too
     * @param late frames whose item could no longer be moved
     * @param lateDecoded those of them that had been decoded all the same
     * @param unreadable frames that could not be read
     */
    public record Fates(long published, long decided, long late, long lateDecoded, long unreadable) {}

    /**
     * One second of a turn.
     *
     * @param second since the overload began; it ends where {@code offered} falls
     * @param offered frames that were to be captured in it
     * @param sorted events in it of items that were decided in time
     * @param late events in it of items that could no longer be moved
     */
    public record Second(int second, long offered, long sorted, long late) {}

    @Override
    public List<String> lines() {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "capacity %.1f frames a second (%.1f with the cameras at rest), offered %.1f, decided %.1f",
                        capacity.median(),
                        prefilledCapacity.median(),
                        offered.median(),
                        decided.median()),
                "%d frames: %d decided, %d late, of these %d decoded all the same, %d unreadable"
                        .formatted(
                                fates.published(),
                                fates.decided(),
                                fates.late(),
                                fates.lateDecoded(),
                                fates.unreadable()),
                String.format(Locale.ROOT, "decidedWithinDeadline %8.4f", decidedWithinDeadline),
                String.format(Locale.ROOT, "fullRateRatio         %8.3f", fullRateRatio),
                String.format(Locale.ROOT, "recoverySeconds       %8.2f", recoverySeconds),
                String.format(
                        Locale.ROOT, "residentGrowthMb      %8.1f over %.1f", residentGrowthMb, residentBeforeMb));
    }
}
