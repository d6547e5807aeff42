// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.view;

import dev.sortline.contract.Decision;
import dev.sortline.contract.Heartbeat;
import dev.sortline.contract.ItemOutcome;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.sorting.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line, as somebody sees it who stands beside it. Items count by when they were decided, those before the view began only for what was
 * {@linkplain FractionBands usual} and as the last items; who is alive counts by when it was heard. Belongs to one thread at a time.
 */
public final class LineView {
    /** Without a heartbeat for so long nobody decides the line. */
    static final Duration SILENT_AFTER = Duration.ofSeconds(2);

    private static final int RATE_SECONDS = 10;
    private static final int MOST_LANES = 32;
    private static final int MOST_CAMERAS = 64;
    private static final Duration BANDS_HOLD = Duration.ofSeconds(5);

    private final Line line;
    private final Instant began;
    private final Map<String, LaneCount> lanes = new LinkedHashMap<>();
    private final Map<Decision, Long> decisions = new EnumMap<>(Decision.class);
    private final LastMinute items = new LastMinute();
    private final LastMinute late = new LastMinute();
    private final LastMinute unsure = new LastMinute();
    private final LatencyOfAMinute latency = new LatencyOfAMinute();
    private final RecentItems recent = new RecentItems();
    private final FractionBands bands = new FractionBands();
    private long frames;
    private @Nullable Heartbeat heartbeat;
    private @Nullable Instant heartbeatAt;
    private @Nullable SeenFrame newest;
    private List<Band> outside = List.of();
    private Instant bandsAt = Instant.EPOCH;

    /** @param began since when items are counted */
    public LineView(Line line, Instant began) {
        this.line = line;
        this.began = began;
        line.belt().lanes().forEach(lane -> lanes.put(lane, new LaneCount()));
        for (Decision decision : Decision.values()) {
            decisions.put(decision, 0L);
        }
    }

    /** An item of the line was decided; a repeat changes nothing. */
    public void routed(RoutingEvent event, Instant now) {
        if (!recent.add(event)) {
            return;
        }
        bands.add(event, now);
        if (event.decidedAt().isBefore(began)) {
            return;
        }
        Instant at = event.decidedAt().isAfter(now) ? now : event.decidedAt();
        frames += event.frameIds().size();
        decisions.merge(event.decision(), 1L, Long::sum);
        items.count(at);
        switch (event.decision()) {
            case LATE -> late.count(at);
            case AMBIGUOUS, UNCERTAIN -> unsure.count(at);
            case SORT, UNREADABLE -> {}
        }
        latency.add(at, Duration.between(event.capturedAt(), event.decidedAt()));
        LaneCount lane = lane(Words.cut(event.lane()));
        if (lane != null) {
            lane.total++;
            lane.lastMinute.count(at);
        }
    }

    /** A gateway gave an item of the line its fate. */
    public void settled(ItemOutcome outcome) {
        recent.settle(outcome);
    }

    /** The line's heartbeat, heard at {@code now}. */
    public void alive(Heartbeat sign, Instant now) {
        heartbeat = sign;
        heartbeatAt = now;
    }

    /** There is a picture of a frame of the line. Of as many as {@value RecentItems#MOST_PICTURES} the oldest is gone again. */
    public void pictured(SeenFrame frame) {
        newest = frame;
        recent.picture(frame);
    }

    /** Nobody looks at frames any more: the newest picture soon is an old one. */
    public void unwatched() {
        newest = null;
    }

    /** How the line does, with the items that are new or have changed since the last news. */
    public LineState news(Instant now, List<GatewayState> gateways) {
        return state(now, gateways, recent.news());
    }

    /** How the line does, with the last {@value RecentItems#MOST} items. */
    public LineState whole(Instant now, List<GatewayState> gateways) {
        return state(now, gateways, recent.all());
    }

    private LineState state(Instant now, List<GatewayState> gateways, List<SeenItem> shown) {
        int lastMinute = items.sum(now);
        var classifier = classifier(now);
        return new LineState(
                line.id(),
                classifier,
                cameras(now),
                ejectors(classifier.state(), gateways),
                items.perSecond(now, RATE_SECONDS),
                frames,
                lanes.entrySet().stream()
                        .map(each -> each.getValue().state(each.getKey(), now))
                        .toList(),
                new EnumMap<>(decisions),
                lastMinute == 0 ? null : Double.valueOf((double) late.sum(now) / lastMinute),
                lastMinute == 0 ? null : Double.valueOf((double) unsure.sum(now) / lastMinute),
                latency.of(now),
                bands(now),
                shown,
                newest);
    }

    private LineState.Classifier classifier(Instant now) {
        Presence presence = Presence.of(heartbeatAt, SILENT_AFTER, now);
        if (heartbeat == null) {
            return new LineState.Classifier(presence, null, null, null);
        }
        var model = new RoutingEvent.Model(
                Words.cut(heartbeat.model().name()), Words.cut(heartbeat.model().version()));
        return new LineState.Classifier(presence, heartbeat.instance(), model, Words.cut(heartbeat.plan()));
    }

    private List<LineState.Camera> cameras(Instant now) {
        if (heartbeat == null || heartbeatAt == null) {
            return List.of();
        }
        long since = Math.max(0, Duration.between(heartbeatAt, now).toMillis());
        return heartbeat.cameras().stream()
                .limit(MOST_CAMERAS)
                .map(camera -> new LineState.Camera(
                        camera.cameraId(),
                        camera.troubles(),
                        older(camera.lastFrameAgeMillis(), since),
                        camera.skewMillis()))
                .toList();
    }

    private static @Nullable Long older(@Nullable Long millis, long since) {
        return millis == null ? null : Long.valueOf(millis > Long.MAX_VALUE - since ? millis : millis + since);
    }

    private EjectorState ejectors(Presence classifier, List<GatewayState> gateways) {
        if (line.belt().ejectors().isEmpty()) {
            return EjectorState.NONE;
        }
        var own = gateways.stream().filter(each -> each.speaksFor(line.id())).toList();
        if (own.isEmpty()) {
            return EjectorState.SILENT;
        }
        if (own.stream().allMatch(GatewayState::dryRun)) {
            return EjectorState.DRY_RUN;
        }
        boolean free =
                own.stream().anyMatch(each -> !each.dryRun() && each.obstacles().isEmpty());
        return free && classifier == Presence.ALIVE ? EjectorState.FIRE : EjectorState.BLOCKED;
    }

    private List<Band> bands(Instant now) {
        if (!now.isBefore(bandsAt.plus(BANDS_HOLD)) || now.isBefore(bandsAt)) {
            outside = bands.outside(now);
            bandsAt = now;
        }
        return outside;
    }

    private @Nullable LaneCount lane(String name) {
        LaneCount count = lanes.get(name);
        if (count == null && lanes.size() < MOST_LANES) {
            count = new LaneCount();
            lanes.put(name, count);
        }
        return count;
    }

    private static final class LaneCount {
        private final LastMinute lastMinute = new LastMinute();
        private long total;

        LineState.Lane state(String name, Instant now) {
            return new LineState.Lane(name, total, lastMinute.sum(now));
        }
    }
}
