// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo;

import dev.sortline.contract.RoutingEvent;
import dev.sortline.demo.DemoLine.Settings;
import dev.sortline.demo.DemoReport.Frames;
import dev.sortline.demo.Scoreboard.LaneScore;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows how the demo goes: a table that redraws itself on a terminal, a plain line every five seconds elsewhere. */
public final class DemoDisplay {
    private static final Duration PLAIN_LINE_EVERY = Duration.ofSeconds(5);

    private final PrintWriter out;
    private final boolean terminal;
    private int drawnLines;
    private Duration nextPlainLine = PLAIN_LINE_EVERY;

    /**
     * Shows on one output.
     *
     * @param out where to
     * @param terminal whether it understands cursor movements
     */
    public DemoDisplay(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Says what is about to run. */
    void announce(Settings settings) {
        out.printf(
                Locale.ROOT,
                "%d line%s, one camera each at %s frames a second, over %s%n%n",
                settings.lines(),
                settings.lines() == 1 ? "" : "s",
                trimmed(settings.framesPerSecond()),
                settings.frames());
        out.flush();
    }

    void update(Settings settings, Duration run, Frames frames, Scoreboard score) {
        if (terminal) {
            redraw(table(settings, run, frames, score));
        } else if (run.compareTo(nextPlainLine) >= 0) {
            nextPlainLine = nextPlainLine.plus(PLAIN_LINE_EVERY);
            out.println(String.join("   ", header(settings, run, frames, score)));
            out.flush();
        }
    }

    /** Shows what the run came to. */
    public void summarise(DemoReport report) {
        var lines = new ArrayList<String>();
        lines.add(String.format(
                Locale.ROOT,
                "Ran %.1f s with model %s %s",
                report.seconds(),
                report.model().name(),
                report.model().version()));
        lines.add(fates(report.frames()) + String.format(Locale.ROOT, ", %.1f a second", report.throughputFps()));
        lines.add(latency(report.latencyMs()));
        lines.add("decisions " + report.decisions()
                + (report.accuracy() == null ? "" : ", accuracy " + percent(report.accuracy())));
        lines.add("");
        lines.addAll(laneTable(report.lanes()));
        redraw(lines);
    }

    private void redraw(List<String> lines) {
        if (terminal && drawnLines > 0) {
            out.printf("\033[%dA\033[J", drawnLines);
        }
        lines.forEach(out::println);
        out.flush();
        drawnLines = lines.size();
    }

    private static List<String> table(Settings settings, Duration run, Frames frames, Scoreboard score) {
        var lines = new ArrayList<>(header(settings, run, frames, score));
        lines.add("");
        lines.addAll(laneTable(score.lanes()));
        lines.add("");
        lines.add("last decisions");
        score.last().forEach(event -> lines.add(decision(event)));
        return lines;
    }

    private static List<String> header(Settings settings, Duration run, Frames frames, Scoreboard score) {
        double seconds = Math.max(0.001, run.toMillis() / 1_000.0);
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%3d of %d s, %.1f frames a second",
                        run.toSeconds(),
                        settings.duration().toSeconds(),
                        frames.fated() / seconds),
                fates(frames),
                latency(score.latency()));
    }

    private static String fates(Frames frames) {
        return "%d frames: %d routed, %d empty, %d late, %d unreadable"
                .formatted(frames.published(), frames.routed(), frames.empty(), frames.late(), frames.unreadable());
    }

    private static String latency(Scoreboard.LatencyMillis latency) {
        return String.format(
                Locale.ROOT, "capture to event read: p50 %.1f ms, p99 %.1f ms", latency.p50(), latency.p99());
    }

    private static List<String> laneTable(Map<String, LaneScore> lanes) {
        var lines = new ArrayList<String>();
        lines.add("%-14s %7s %8s %9s".formatted("lane", "items", "purity", "recovery"));
        lanes.forEach((lane, score) -> lines.add("%-14s %7d %8s %9s"
                .formatted(lane, score.items(), percent(score.purity()), percent(score.recovery()))));
        return lines;
    }

    private static String decision(RoutingEvent event) {
        return String.format(
                Locale.ROOT,
                "  %-8s %-10s %-10s %5s  to %s%s",
                event.lineId(),
                event.decision(),
                event.label() == null ? "" : event.label(),
                percent(event.confidence()),
                event.lane(),
                event.truth() == null ? "" : " (it is " + event.truth() + ")");
    }

    private static String percent(@Nullable Double share) {
        return share == null ? "-" : String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    private static String trimmed(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}
