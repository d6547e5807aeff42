// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.live;

import dev.sortline.console.feed.FeedListener;
import dev.sortline.console.view.Agreement;
import dev.sortline.console.view.AgreementCount;
import dev.sortline.console.view.Gateways;
import dev.sortline.console.view.LineState;
import dev.sortline.console.view.LineView;
import dev.sortline.console.view.LiveState;
import dev.sortline.console.view.SeenFrame;
import dev.sortline.contract.FrameAnswer;
import dev.sortline.contract.GatewayStatus;
import dev.sortline.contract.Heartbeat;
import dev.sortline.contract.ItemOutcome;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.sorting.Line;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * All lines as the feed tells of them; what is told of others is passed over. Safe for use by several threads, of which none is kept for
 * longer than a few microseconds by what another one does.
 */
final class WatchedLines implements FeedListener {
    private final InstantSource clock;
    private final BooleanSupplier clusterAnswers;
    private final Map<String, LineView> lines = new LinkedHashMap<>();
    private final Gateways gateways;
    private final AgreementCount agreement = new AgreementCount();

    WatchedLines(Map<String, Line> lines, BooleanSupplier clusterAnswers, InstantSource clock) {
        this.clock = clock;
        this.clusterAnswers = clusterAnswers;
        Instant now = clock.instant();
        lines.forEach((id, line) -> this.lines.put(id, new LineView(line, now)));
        gateways = new Gateways(lines.keySet());
    }

    @Override
    public void routed(RoutingEvent event) {
        change(event.lineId(), line -> {
            line.routed(event, clock.instant());
            agreement.routed(event);
        });
    }

    @Override
    public void answered(FrameAnswer answer) {
        change(answer.lineId(), line -> agreement.answered(answer));
    }

    @Override
    public void settled(ItemOutcome outcome) {
        change(outcome.lineId(), line -> line.settled(outcome));
    }

    @Override
    public void alive(Heartbeat heartbeat) {
        change(heartbeat.lineId(), line -> line.alive(heartbeat, clock.instant()));
    }

    @Override
    public synchronized void gateway(GatewayStatus status) {
        gateways.heard(status, clock.instant());
    }

    void pictured(String lineId, SeenFrame frame) {
        change(lineId, line -> line.pictured(frame));
    }

    synchronized void unwatched() {
        lines.values().forEach(LineView::unwatched);
    }

    /** How all does, with the items that are new or have changed since the last news. */
    synchronized LiveState news() {
        Instant now = clock.instant();
        var heard = gateways.states(now);
        return state(now, line -> line.news(now, heard));
    }

    /** How all does, with the last items. */
    synchronized LiveState whole() {
        Instant now = clock.instant();
        var heard = gateways.states(now);
        return state(now, line -> line.whole(now, heard));
    }

    synchronized Agreement agreement() {
        return agreement.agreement();
    }

    private LiveState state(Instant now, Function<LineView, LineState> how) {
        List<LineState> states = lines.values().stream().map(how).toList();
        var cluster = clusterAnswers.getAsBoolean() ? LiveState.Cluster.REACHABLE : LiveState.Cluster.AWAY;
        return new LiveState(now, states, gateways.states(now), cluster);
    }

    private synchronized void change(String lineId, Consumer<LineView> change) {
        LineView line = lines.get(lineId);
        if (line != null) {
            change.accept(line);
        }
    }
}
