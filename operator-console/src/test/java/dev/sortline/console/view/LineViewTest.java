// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.view;

import static dev.sortline.console.view.Belts.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.contract.CameraStatus;
import dev.sortline.contract.CameraTrouble;
import dev.sortline.contract.Decision;
import dev.sortline.contract.GatewayStatus;
import dev.sortline.contract.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LineViewTest {
    private final LineView view = new LineView(Belts.line("a"), START);
    private final Gateways gateways = new Gateways(Set.of("a"));

    @Test
    void itemsAreCountedByLaneAndDecision() {
        // When
        route("1", Decision.SORT, START);
        route("2", Decision.UNCERTAIN, START);
        route("3", Decision.LATE, START);

        // Then
        var state = whole(START);
        assertThat(state.lanes()).containsExactly(new LineState.Lane("glass", 1, 1), new LineState.Lane("rest", 2, 2));
        assertThat(state.decisions())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        Decision.SORT, 1L,
                        Decision.AMBIGUOUS, 0L,
                        Decision.UNCERTAIN, 1L,
                        Decision.LATE, 1L,
                        Decision.UNREADABLE, 0L));
        assertThat(state.framesSeen()).isEqualTo(3);
        assertThat(state.lateShare()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(state.unsureShare()).isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    void ratesForgetWhatIsAMinuteOldAndTotalsDoNot() {
        // Given
        for (int item = 0; item < 20; item++) {
            route("i" + item, Decision.SORT, START.plusMillis(item * 500L));
        }

        // When
        var soon = whole(START.plusSeconds(10));
        var later = whole(START.plusSeconds(75));

        // Then
        assertThat(soon.itemsPerSecond()).isEqualTo(2);
        assertThat(soon.lanes().get(0).perMinute()).isEqualTo(20);
        assertThat(later.itemsPerSecond()).isZero();
        assertThat(later.lanes().get(0)).isEqualTo(new LineState.Lane("glass", 20, 0));
        assertThat(later.lateShare()).isNull();
        assertThat(later.latencyMillis()).isNull();
    }

    @Test
    void latencyIsFromCaptureToDecision() {
        // When
        for (int item = 0; item < 98; item++) {
            view.routed(
                    Belts.event("a", "i" + item, Decision.SORT, "glass", "glass", 0.9, START, Duration.ofMillis(20)),
                    START);
        }
        for (int item = 98; item < 100; item++) {
            view.routed(
                    Belts.event("a", "i" + item, Decision.SORT, "glass", "glass", 0.9, START, Duration.ofMillis(200)),
                    START);
        }

        // Then
        var latency = whole(START).latencyMillis();
        assertThat(latency).isNotNull();
        assertThat(latency.p50()).isCloseTo(20, within(0.2));
        assertThat(latency.p99()).isCloseTo(200, within(2.0));
    }

    @Test
    void latencyThatOnlyClocksMakeIsBounded() {
        // When
        view.routed(
                Belts.event("a", "1", Decision.SORT, "glass", "glass", 0.9, START, Duration.ofDays(-900_000)), START);
        view.routed(
                Belts.event("a", "2", Decision.SORT, "glass", "glass", 0.9, START, Duration.ofDays(700_000)), START);

        // Then
        var latency = whole(START).latencyMillis();
        assertThat(latency).isNotNull();
        assertThat(latency.p50()).isZero();
        assertThat(latency.p99()).isCloseTo(60_000, within(600.0));
    }

    @Test
    void repeatIsCountedOnce() {
        // When
        route("1", Decision.SORT, START);
        route("1", Decision.SORT, START);

        // Then
        assertThat(whole(START).decisions()).containsEntry(Decision.SORT, 1L);
        assertThat(whole(START).items()).hasSize(1);
    }

    @Test
    void itemsFromBeforeTheStartAreShownButNotCounted() {
        // When
        route("1", Decision.SORT, START.minusSeconds(600));

        // Then
        assertThat(whole(START).items()).extracting(SeenItem::item).containsExactly("1");
        assertThat(whole(START).lanes()).extracting(LineState.Lane::items).containsOnly(0L);
        assertThat(whole(START).framesSeen()).isZero();
    }

    @Test
    void newsAreToldOnce() {
        // Given
        route("1", Decision.SORT, START);

        // When
        var first = view.news(START, List.of());
        var second = view.news(START, List.of());

        // Then
        assertThat(first.items()).extracting(SeenItem::item).containsExactly("1");
        assertThat(second.items()).isEmpty();
    }

    @Test
    void outcomeMakesAnItemNewsAgain() {
        // Given
        route("1", Decision.SORT, START);
        view.news(START, List.of());

        // When
        view.settled(Belts.outcome("a", "1", "fired"));

        // Then
        assertThat(view.news(START, List.of()).items())
                .extracting(SeenItem::outcome)
                .containsExactly("fired");
    }

    @Test
    void outcomeMayOvertakeItsEvent() {
        // Given
        view.settled(Belts.outcome("a", "1", "residual"));

        // When
        route("1", Decision.SORT, START);

        // Then
        assertThat(whole(START).items()).extracting(SeenItem::outcome).containsExactly("residual");
    }

    @Test
    void whatHasFiredStaysFired() {
        // Given
        route("1", Decision.SORT, START);
        view.settled(Belts.outcome("a", "1", "fired"));

        // When
        view.settled(Belts.outcome("a", "1", "not_owner"));

        // Then
        assertThat(whole(START).items()).extracting(SeenItem::outcome).containsExactly("fired");
    }

    @Test
    void pictureFindsItsItemWhicheverComesFirst() {
        // Given
        route("1", Decision.SORT, START);
        view.news(START, List.of());

        // When
        view.pictured(frame("1"));
        view.pictured(frame("2"));
        route("2", Decision.SORT, START);

        // Then
        var news = view.news(START, List.of());
        assertThat(news.items()).extracting(SeenItem::thumb).containsExactly("/thumb/1", "/thumb/2");
        assertThat(news.frame()).isEqualTo(frame("2"));
    }

    @Test
    void pictureThatIsGoneIsOfferedToNobody() {
        // Given
        route("1", Decision.SORT, START);
        view.pictured(frame("1"));

        // When
        for (int other = 0; other < RecentItems.MOST_PICTURES; other++) {
            view.pictured(frame("other" + other));
        }

        // Then
        assertThat(whole(START).items()).extracting(SeenItem::thumb).containsOnlyNulls();
    }

    @Test
    void onlyTheLastItemsAreKept() {
        // When
        for (int item = 0; item < 10_000; item++) {
            route("i" + item, Decision.SORT, START);
        }

        // Then
        assertThat(whole(START).items()).hasSize(RecentItems.MOST).last().satisfies(last -> assertThat(last.item())
                .isEqualTo("i9999"));
        assertThat(whole(START).decisions()).containsEntry(Decision.SORT, 10_000L);
    }

    @Test
    void namesOfAnyNumberAndLengthAreBounded() {
        // When
        for (int item = 0; item < 1000; item++) {
            String name = item + "x".repeat(5000);
            view.routed(Belts.event("a", "i" + item, Decision.UNCERTAIN, name, name, 0.5, START, Duration.ZERO), START);
        }

        // Then
        assertThat(whole(START).lanes())
                .hasSize(32)
                .allMatch(lane -> lane.lane().length() <= Words.MOST_CHARACTERS);
        assertThat(whole(START).items())
                .allMatch(item -> String.valueOf(item.label()).length() <= 100);
    }

    @Test
    void classifierIsUnknownThenAliveThenSilent() {
        // Given
        var unknown = whole(START).classifier();

        // When
        view.alive(Belts.heartbeat("a"), START);

        // Then
        assertThat(unknown).isEqualTo(new LineState.Classifier(Presence.UNKNOWN, null, null, null));
        assertThat(whole(START.plusSeconds(2)).classifier().state()).isEqualTo(Presence.ALIVE);
        assertThat(whole(START.plusMillis(2001)).classifier().state()).isEqualTo(Presence.SILENT);
        assertThat(whole(START.plusMillis(2001)).classifier().instance()).isEqualTo("classifier-1");
    }

    @Test
    void cameraGrowsOlderBetweenHeartbeats() {
        // Given
        var told = new CameraStatus("cam-1", List.of(CameraTrouble.SILENT), 4000L, -12L);
        var sign = Belts.heartbeat("a");

        // When
        view.alive(new Heartbeat("a", "classifier-1", sign.model(), "plan", START, List.of(told)), START);

        // Then
        assertThat(whole(START.plusMillis(700)).cameras())
                .containsExactly(new LineState.Camera("cam-1", List.of(CameraTrouble.SILENT), 4700L, -12L));
    }

    @Test
    void ejectorsFireOnlyWhileGatewayAndClassifierSpeak() {
        // Given
        var unheard = whole(START).ejectors();
        gateways.heard(Belts.gateway("a"), START);
        var undecided = whole(START).ejectors();

        // When
        view.alive(Belts.heartbeat("a"), START);

        // Then
        assertThat(unheard).isEqualTo(EjectorState.SILENT);
        assertThat(undecided).isEqualTo(EjectorState.BLOCKED);
        assertThat(whole(START).ejectors()).isEqualTo(EjectorState.FIRE);
        assertThat(whole(START.plusMillis(2500)).ejectors()).isEqualTo(EjectorState.BLOCKED);
        assertThat(whole(START.plusMillis(3001)).ejectors()).isEqualTo(EjectorState.SILENT);
    }

    @Test
    void gatewayWithAnObstacleOrInDryRunFiresNothing() {
        // Given
        view.alive(Belts.heartbeat("a"), START);

        // When
        gateways.heard(status(false, List.of("no controller")), START);
        var blocked = whole(START).ejectors();
        gateways.heard(status(true, List.of()), START);
        var dry = whole(START).ejectors();

        // Then
        assertThat(blocked).isEqualTo(EjectorState.BLOCKED);
        assertThat(dry).isEqualTo(EjectorState.DRY_RUN);
    }

    @Test
    void lineWithoutEjectorsHasNone() {
        // When
        var state = new LineView(Belts.line("try", Map.of()), START).whole(START, List.of());

        // Then
        assertThat(state.ejectors()).isEqualTo(EjectorState.NONE);
    }

    private static GatewayStatus status(boolean dryRun, List<String> obstacles) {
        return new GatewayStatus("gateway-1", List.of("a", "unknown"), dryRun, obstacles, List.of(), START);
    }

    private static SeenFrame frame(String item) {
        return new SeenFrame(Belts.frameOf(item), item, "cam", START, "/thumb/" + item);
    }

    private void route(String item, Decision decision, Instant at) {
        view.routed(decision == Decision.SORT ? Belts.glass("a", item, at) : Belts.rest("a", item, decision, at), at);
    }

    private LineState whole(Instant now) {
        return view.whole(now, gateways.states(now));
    }
}
