// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.report;

import dev.sortline.trainer.writing.TextTable;
import dev.sortline.trainer.writing.TextTable.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How the line grows.
 *
 * @param conditions under which
 * @param byLines one instance with ever more lines
 * @param byInstances ever more instances on this machine, with 12 lines
 * @param startUpSeconds from the start of {@code java} until ready, each start of the run in order: what is kept from the first may
 *     make the others faster
 * @param memoryPerLineMb resident memory that a line adds, in MB: of the last size less that of the first, by the lines in between
 */
public record ScaleReport(
        Conditions conditions,
        List<Step> byLines,
        List<Step> byInstances,
        MedianOfTurns startUpSeconds,
        double memoryPerLineMb)
        implements BenchmarkReport {
    private static final TextTable TABLE =
            TextTable.of(List.of(Column.left(13), Column.right(14), Column.right(12), Column.right(12)));

    public ScaleReport {
        byLines = List.copyOf(byLines);
        byInstances = List.copyOf(byInstances);
    }

    /**
     * One size.
     *
     * @param count lines or instances
     * @param framesPerSecond sustained frames a second of all together
     * @param ratioToFirst these in parts of those of the first size
     * @param residentMb resident memory of one instance after its work, the median, in MB
     */
    public record Step(int count, MedianOfTurns framesPerSecond, double ratioToFirst, double residentMb) {}

    @Override
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(TABLE.row(List.of("", "frames/s", "ratioToFirst", "resident MB")));
        byLines.forEach(step -> lines.add(line(step, "line")));
        byInstances.forEach(step -> lines.add(line(step, "instance")));
        lines.add(String.format(
                Locale.ROOT,
                "start-up to ready %.2f s (the first %.2f s)",
                startUpSeconds.median(),
                startUpSeconds.turns().get(0)));
        lines.add(String.format(Locale.ROOT, "memory a line %.2f MB", memoryPerLineMb));
        return lines;
    }

    private static String line(Step step, String what) {
        return TABLE.row(List.of(
                step.count() + " " + what + (step.count() == 1 ? "" : "s"),
                String.format(Locale.ROOT, "%.1f", step.framesPerSecond().median()),
                String.format(Locale.ROOT, "%.3f", step.ratioToFirst()),
                String.format(Locale.ROOT, "%.1f", step.residentMb())));
    }
}
