// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo;

import dev.sortline.contract.RoutingEvent;
import dev.sortline.demo.DemoLine.Settings;
import dev.sortline.demo.DemoReport.Frames;
import dev.sortline.demo.belt.AirShot;
import dev.sortline.demo.belt.Item;
import dev.sortline.demo.belt.ShotCount;
import dev.sortline.gateway.rules.EventFate;
import dev.sortline.trainer.writing.TextTable;
import dev.sortline.trainer.writing.TextTable.Column;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows how the demo goes: a table that redraws itself on a terminal, a plain line every five seconds elsewhere. */
public final class DemoDisplay {
    private static final Duration PLAIN_LINE_EVERY = Duration.ofSeconds(5);
    private static final DateTimeFormatter TIME_OF_DAY =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final TextTable LANES = TextTable.of(List.of(
            Column.left(14), Column.right(7), Column.right(8), Column.right(9), Column.right(7), Column.right(12)));
    private static final int MOST_NAMED = 3;
    private static final int CENTIMETRES_PER_METRE = 100;

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
        double speed = settings.line().belt().speedMetresPerSecond();
        out.printf(
                Locale.ROOT,
                "%d line%s, one camera each at %s frames a second, over %s%n"
                        + "Belts at %s m/s: a picture every %.0f cm%n%n",
                settings.lines(),
                settings.lines() == 1 ? "" : "s",
                trimmed(settings.framesPerSecond()),
                settings.frames(),
                trimmed(speed),
                speed / settings.framesPerSecond() * CENTIMETRES_PER_METRE);
        out.flush();
    }

    /** Says where the operator's page is; nothing where there is none. */
    void serves(@Nullable URI page) {
        if (page != null) {
            out.printf("The operator's page, for as long as this runs (--seconds N for longer): %s%n%n", page);
            out.flush();
        }
    }

    /** Says that what happens now does not count. */
    void warmsUp() {
        out.println("Warming up: nothing counts until shots have come in time for a while ...");
        out.flush();
    }

    /**
     * Says that what happens counts from now on.
     *
     * @param warm whether shots come in time
     */
    void begins(boolean warm) {
        out.printf(
                "%s%n%n",
                warm
                        ? "Warm: the cameras begin"
                        : "Shots still come late: this machine is busy or too slow for so many frames. The cameras begin all the same");
        out.flush();
    }

    void update(Settings settings, Standing standing) {
        if (terminal) {
            redraw(table(settings, standing));
        } else if (standing.run().compareTo(nextPlainLine) >= 0) {
            nextPlainLine = nextPlainLine.plus(PLAIN_LINE_EVERY);
            out.println(String.join("   ", header(settings, standing)));
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
        lines.add(firings(report.firings(), report.shots()));
        lines.add(landed(report.itemsOnBelt(), report.landedRight())
                + (report.promisedRight() == null
                        ? ""
                        : ", %s if every shot had hit".formatted(percent(report.promisedRight()))));
        lines.add("");
        lines.addAll(laneTable(report.lanes(), report.shots()));
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

    private static List<String> table(Settings settings, Standing standing) {
        var lines = new ArrayList<>(header(settings, standing));
        lines.add("");
        lines.addAll(laneTable(standing.score().lanes(), standing.shots()));
        lines.add("");
        lines.add("last shots");
        standing.lastShots().forEach(shot -> lines.add(shot(shot)));
        lines.add("last decisions");
        standing.score().last().forEach(event -> lines.add(decision(event)));
        return lines;
    }

    private static List<String> header(Settings settings, Standing standing) {
        double seconds = Math.max(0.001, standing.run().toMillis() / 1_000.0);
        var score = standing.score();
        long items = score.lanes().values().stream().mapToLong(LaneScore::items).sum();
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%3d of %d s, %.1f frames a second",
                        standing.run().toSeconds(),
                        settings.duration().toSeconds(),
                        standing.frames().fated() / seconds),
                fates(standing.frames()),
                latency(score.latency()),
                firings(standing.firings(), standing.shots()),
                landed(items, score.landedRight()));
    }

    private static String fates(Frames frames) {
        return "%d frames: %d routed, %d empty, %d late, %d unreadable"
                .formatted(frames.published(), frames.routed(), frames.empty(), frames.late(), frames.unreadable());
    }

    private static String latency(Scoreboard.LatencyMillis latency) {
        return String.format(
                Locale.ROOT, "capture to event read: p50 %.1f ms, p99 %.1f ms", latency.p50(), latency.p99());
    }

    /** What became of the events at the gateway; what did not happen is left out. */
    private static String firings(Map<EventFate, Long> firings, Map<String, ShotCount> shots) {
        String fates = firings.entrySet().stream()
                .filter(fate -> fate.getKey() == EventFate.FIRED || fate.getValue() > 0)
                .map(fate -> fate.getValue() + " " + fate.getKey().word().replace('_', ' '))
                .collect(Collectors.joining(", "));
        long inVain = shots.values().stream().mapToLong(ShotCount::hitNothing).sum();
        return "ejectors: %s; shots that hit nothing: %d".formatted(fates, inVain);
    }

    private static String landed(long items, @Nullable Double right) {
        return "%d items landed".formatted(items)
                + (right == null ? "" : ", %s where they belong".formatted(percent(right)));
    }

    private static List<String> laneTable(Map<String, LaneScore> lanes, Map<String, ShotCount> shots) {
        var lines = new ArrayList<String>();
        lines.add(LANES.row(List.of("lane", "items", "purity", "recovery", "shots", "hit nothing")));
        lanes.forEach((lane, score) -> lines.add(LANES.row(List.of(
                lane,
                String.valueOf(score.items()),
                percent(score.purity()),
                percent(score.recovery()),
                shots.containsKey(lane) ? String.valueOf(shots.get(lane).fired()) : "-",
                shots.containsKey(lane) ? String.valueOf(shots.get(lane).hitNothing()) : "-"))));
        return lines;
    }

    private static String shot(AirShot shot) {
        return "  %s  %-8s %-10s %s"
                .formatted(TIME_OF_DAY.format(shot.openedAt()), shot.lineId(), shot.lane(), taken(shot.taken()));
    }

    private static String taken(List<Item> items) {
        if (items.isEmpty()) {
            return "hit nothing";
        }
        if (items.size() == 1) {
            return "took %s, item %s"
                    .formatted(truth(items.get(0)), items.get(0).id());
        }
        return items.stream()
                .limit(MOST_NAMED)
                .map(DemoDisplay::truth)
                .collect(Collectors.joining(
                        ", ", "took %d items: ".formatted(items.size()), items.size() > MOST_NAMED ? " ..." : ""));
    }

    private static String truth(Item item) {
        return Objects.requireNonNullElse(item.truth(), "unknown");
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
