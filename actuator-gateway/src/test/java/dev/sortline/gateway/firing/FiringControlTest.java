// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.firing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.RoutingEvent;
import dev.sortline.gateway.rules.Bookmark;
import dev.sortline.gateway.rules.FiringSettings;
import dev.sortline.gateway.rules.Moment;
import dev.sortline.gateway.rules.Shot;
import dev.sortline.metrics.LineMetric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Ten thousand items, classifiers that repeat themselves and gateways that are killed, all by a clock that is moved by hand. */
class FiringControlTest {
    private static final int ITEMS = 10_000;
    private static final Bookmark START = new Bookmark(0, Set.of());

    private FiringSettings settings = FiringSettings.DEFAULT;
    private final HandClock clock = new HandClock();
    private final List<RoutingEvent> log = new ArrayList<>();
    private long aheadMillis;
    private SimpleMeterRegistry registry = new SimpleMeterRegistry();

    /** What all gateways that ran have fired, and when. */
    private final List<Firing> firings = new ArrayList<>();

    private record Firing(RoutingEvent event, Instant at) {}

    /** Items and what became of them, as it was told. */
    private final List<String> outcomes = new ArrayList<>();

    private final List<String> linesOfPlc = new ArrayList<>();

    private final ShotSink plc = new ShotSink() {
        @Override
        public void fire(Shot shot, long fireAtNanos, Consumer<Boolean> taken) {
            firings.add(new Firing(shot.event(), clock.wall()));
            taken.accept(true);
        }

        @Override
        public void announce(Announcement announcement) {}

        @Override
        public void beat(LineStatus status) {}

        @Override
        public void takeOver(String lineId) {
            linesOfPlc.add(lineId);
        }

        @Override
        public void handOver(String lineId) {
            linesOfPlc.remove(lineId);
        }
    };

    @Test
    void driversKnowTheLinesOfThisGatewayAndNoOthers() {
        // Given
        var control = gateway(START);
        List<String> before = List.copyOf(linesOfPlc);

        // When
        control.handOver(0);

        // Then
        assertThat(before).containsExactly("line-1");
        assertThat(linesOfPlc).isEmpty();
    }

    @Test
    void eachEventHasOneFate() {
        // Given
        var control = gateway(START);
        clock.advanceMillis(1_000);

        // When
        control.heartbeat(Events.heartbeat("line-1", clock.wall()));
        control.accept(Events.sort("line-1", "a", 1, inMillis(100)), 0, 0);
        control.accept(Events.sort("line-1", "a", 1, inMillis(100)), 0, 1);
        control.accept(Events.sort("line-1", "b", 1, inMillis(120)), 0, 2);
        control.accept(Events.sort("line-1", "c", 1, inMillis(-5)), 0, 3);
        control.accept(Events.unsure("line-1", "d", clock.wall()), 0, 4);
        control.accept(Events.sort("line-9", "e", 1, inMillis(100)), 0, 5);
        control.unreadable(0, 6);
        clock.advanceMillis(100);
        control.fireDue();

        // Then
        assertThat(fates())
                .containsOnly(
                        Map.entry("fired", 1L),
                        Map.entry("duplicate", 1L),
                        Map.entry("conflict", 1L),
                        Map.entry("late", 1L),
                        Map.entry("residual", 1L),
                        Map.entry("unknown_line", 1L),
                        Map.entry("unreadable", 1L));
    }

    @Test
    void whatBecameOfAnItemIsToldOnce() {
        // Given
        var control = gateway(START);
        clock.advanceMillis(1_000);

        // When
        control.accept(Events.sort("line-1", "before-the-takeover", 1, inMillis(-900)), 0, 0);
        control.heartbeat(Events.heartbeat("line-1", clock.wall()));
        control.accept(Events.sort("line-1", "a", 1, inMillis(100)), 0, 1);
        control.accept(Events.sort("line-1", "a", 1, inMillis(100)), 0, 2);
        control.accept(Events.sort("line-1", "b", 1, inMillis(120)), 0, 3);
        control.accept(Events.sort("line-1", "c", 1, inMillis(-5)), 0, 4);
        control.accept(Events.unsure("line-1", "d", clock.wall()), 0, 5);
        control.accept(Events.sort("line-9", "e", 1, inMillis(100)), 0, 6);
        control.unreadable(0, 7);
        clock.advanceMillis(100);
        control.fireDue();

        // Then
        assertThat(outcomes).containsExactly("b conflict", "c late", "d residual", "a fired");
    }

    @Test
    void itemWhoseHeartbeatIsMissingIsTold() {
        // Given
        var control = gateway(START);
        clock.advanceMillis(1_000);
        control.heartbeat(Events.heartbeat("line-1", clock.wall()));
        control.accept(Events.sort("line-1", "a", 1, inMillis(5_000)), 0, 0);

        // When
        clock.advanceMillis(4_000);
        control.fireDue();

        // Then
        assertThat(outcomes).containsExactly("a heartbeat_missing");
    }

    @Test
    void dryRunTellsWhatWouldHaveFired() {
        // Given
        settings = FiringSettings.of(true, null, null, null, null);
        var control = gateway(START);
        clock.advanceMillis(1_000);
        control.heartbeat(Events.heartbeat("line-1", clock.wall()));
        control.accept(Events.sort("line-1", "a", 1, inMillis(100)), 0, 0);

        // When
        clock.advanceMillis(100);
        control.fireDue();

        // Then
        assertThat(outcomes).containsExactly("a dry_run");
    }

    @Test
    void linesThatAreThisGatewaysAreThoseThatItHasTakenOver() {
        // Given
        var control = gateway(START);

        // When
        List<String> before = control.lines();
        control.handOver(0);

        // Then
        assertThat(before).containsExactly("line-1");
        assertThat(control.lines()).isEmpty();
    }

    @Test
    void dryRunFiresNothing() {
        // Given
        settings = FiringSettings.of(true, null, null, null, null);
        var control = gateway(START);
        clock.advanceMillis(1_000);
        control.heartbeat(Events.heartbeat("line-1", clock.wall()));
        control.accept(Events.sort("line-1", "a", 1, inMillis(100)), 0, 0);

        // When
        clock.advanceMillis(100);
        control.fireDue();

        // Then
        assertThat(firings).isEmpty();
        assertThat(fates()).containsOnly(Map.entry("dry_run", 1L));
    }

    @Test
    void successorBeginsWithTheFirstEventThatStillWaits() {
        // Given
        var control = gateway(START);
        clock.advanceMillis(1_000);
        control.heartbeat(Events.heartbeat("line-1", clock.wall()));
        control.accept(Events.unsure("line-1", "a", clock.wall()), 0, 0);
        control.accept(Events.sort("line-1", "b", 1, inMillis(900)), 0, 1);
        control.accept(Events.unsure("line-1", "c", clock.wall()), 0, 2);

        // When
        var bookmark = control.handOver(0);

        // Then
        assertThat(bookmark).contains(new Bookmark(1, Set.of(2L)));
    }

    @Test
    void eventThatHasHadItsFateGetsNoOtherFromTheSuccessor() {
        // Given
        var predecessor = gateway(START);
        clock.advanceMillis(1_000);
        predecessor.heartbeat(Events.heartbeat("line-1", clock.wall()));
        var far = Events.sort("line-1", "far", 5, inMillis(900));
        var unsure = Events.unsure("line-1", "unsure", clock.wall());
        predecessor.accept(far, 0, 0);
        predecessor.accept(unsure, 0, 1);
        var bookmark = predecessor.handOver(0).orElseThrow();

        // When
        var successor = gateway(bookmark);
        successor.accept(far, 0, 0);
        successor.accept(unsure, 0, 1);
        successor.accept(unsure, 0, 2);
        clock.advanceMillis(900);
        successor.heartbeat(Events.heartbeat("line-1", clock.wall()));
        successor.fireDue();

        // Then
        assertThat(fates()).containsOnly(Map.entry("fired", 1L), Map.entry("duplicate", 1L));
        assertThat(successor.bookmarks()).containsEntry(0, new Bookmark(3, Set.of()));
    }

    @Test
    void lineThatWasHandedOverFiresNoMore() {
        // Given
        var control = gateway(START);
        clock.advanceMillis(1_000);
        control.heartbeat(Events.heartbeat("line-1", clock.wall()));
        control.accept(Events.sort("line-1", "a", 1, inMillis(900)), 0, 0);

        // When
        control.handOver(0);
        clock.advanceMillis(900);
        control.fireDue();

        // Then
        assertThat(fates()).isEmpty();
    }

    @Test
    void lineThatTheClusterHasNotConfirmedForAWhileFiresNoMore() {
        // Given
        var control = gateway(START);
        clock.advanceMillis(1_000);
        control.heartbeat(Events.heartbeat("line-1", clock.wall()));
        control.accept(Events.sort("line-1", "a", 1, inMillis(900)), 0, 0);
        control.ownedUntil(clock.get().nanos() + TimeUnit.MILLISECONDS.toNanos(900));

        // When
        clock.advanceMillis(900);
        control.fireDue();

        // Then
        assertThat(fates()).containsOnly(Map.entry("not_owner", 1L));
    }

    @Test
    void gatewayIsSureOfItsLinesUntilTheClusterHasNotConfirmedThemForAWhile() {
        // Given
        var control = gateway(START);
        control.ownedUntil(clock.get().nanos() + TimeUnit.MILLISECONDS.toNanos(900));
        clock.advanceMillis(899);
        boolean before = control.isSureOfItsLines();

        // When
        clock.advanceMillis(1);

        // Then
        assertThat(before).isTrue();
        assertThat(control.isSureOfItsLines()).isFalse();
    }

    @Test
    void clockThatIsSetIsCounted() {
        // Given
        var control = gateway(START);

        // When
        clock.set(Duration.ofMillis(200));
        control.fireDue();

        // Then
        assertThat(registry.get(LineMetric.CLOCK_STEPS.meterName()).counter().count())
                .isEqualTo(1);
    }

    @Test
    void lineIsToldOfUntilAHeartbeatAgreesWithAClockThatWasSet() {
        // Given
        var control = gateway(START);
        control.heartbeat(Events.heartbeat("line-1", clock.wall()));
        clock.set(Duration.ofMillis(75));
        clock.advanceMillis(1_000);

        // When
        control.heartbeat(Events.heartbeat("line-1", clock.wall().minusMillis(75)));
        var before = control.linesByAnotherClock();
        clock.advanceMillis(1_000);
        control.heartbeat(Events.heartbeat("line-1", clock.wall()));

        // Then
        assertThat(before).contains("line-1");
        assertThat(control.linesByAnotherClock()).doesNotContain("line-1");
    }

    @Test
    void gatewayThatTakesALineOverWhileItsClockIsSetWrongKnowsThatFromHeartbeatsOfBefore() {
        // Given
        var control = gateway(START);
        control.heartbeat(Events.heartbeat("line-1", clock.wall()));
        control.handOver(0);
        clock.set(Duration.ofMillis(75));
        clock.advanceMillis(1_000);
        control.takeOver(0, Set.of("line-1"), START);
        control.heartbeat(Events.heartbeat("line-1", clock.wall().minusMillis(75)));

        // When
        control.accept(Events.sort("line-1", "a", 1, inMillis(1_000)), 0, 0);

        // Then
        assertThat(outcomes).containsExactly("a clock_stepped");
    }

    @Test
    void noItemIsEjectedTwiceOrWronglyWhateverIsKilled() {
        // Given
        var random = new Random(4_711);
        var belt = new Belt(random);
        var committed = START;
        int next = 0;
        var control = gateway(committed);
        int restarts = 0;

        // When
        for (int step = 0; next < log.size() || belt.itemsLeft(); step++) {
            clock.advanceMillis(10);
            if (belt.classifierAlive() && step % 20 == 0) {
                control.heartbeat(Events.heartbeat("line-1", clock.wall()));
            }
            belt.run(step);
            while (next < log.size()) {
                control.accept(log.get(next), 0, next);
                next++;
            }
            control.fireDue();
            if (step % 50 == 0) {
                committed = control.bookmarks().get(0);
            }
            if (random.nextInt(200) == 0) {
                // Half of them hand over in good order, the others are killed; the next may be on a machine whose clock
                // is ahead.
                committed = random.nextBoolean() ? control.handOver(0).orElseThrow() : committed;
                clock.advanceMillis(random.nextInt(4) * 20L);
                aheadMillis = random.nextInt(2) * 300L;
                control = gateway(committed);
                restarts++;
                for (int offset = 0; offset < log.size(); offset++) {
                    control.accept(log.get(offset), 0, offset);
                }
            }
        }

        // Then
        Set<String> items = new HashSet<>();
        Map<Integer, Instant> lastOfEjector = new HashMap<>();
        assertThat(restarts).isGreaterThan(20);
        assertThat(firings).hasSizeGreaterThan(ITEMS / 5).allSatisfy(firing -> {
            assertThat(items.add(firing.event().itemId())).as(firing.toString()).isTrue();
            assertThat(firing.event().decision().name()).isEqualTo("SORT");
            assertThat(Duration.between(firing.event().fireAt(), firing.at()))
                    .isBetween(Duration.ofMillis(-300), settings.tolerance());
            Instant before = lastOfEjector.put(firing.event().ejector(), firing.at());
            assertThat(before == null || Duration.between(before, firing.at()).toMillis() >= 140)
                    .isTrue();
        });
    }

    /** Items on a belt, and a classifier that is killed now and then and repeats what it had not committed. */
    private final class Belt {
        private final Random random;
        private int items;
        private int uncommitted;
        private int deadSteps;

        Belt(Random random) {
            this.random = random;
        }

        boolean itemsLeft() {
            return items < ITEMS;
        }

        boolean classifierAlive() {
            return deadSteps == 0;
        }

        void run(int step) {
            if (deadSteps > 0) {
                deadSteps--;
                if (deadSteps == 0) {
                    // Repeats, some of which come to another answer.
                    List.copyOf(log.subList(log.size() - uncommitted, log.size()))
                            .forEach(event -> log.add(random.nextBoolean() ? otherAnswer(event) : event));
                }
                return;
            }
            uncommitted = step % 150 == 0 ? 0 : uncommitted;
            if (itemsLeft() && random.nextInt(4) == 0) {
                int ejector = 1 + random.nextInt(5);
                log.add(Events.sort("line-1", "item-" + items++, ejector, inMillis(200 + 700L * ejector)));
                uncommitted++;
            }
            deadSteps = random.nextInt(400) == 0 ? 50 + random.nextInt(150) : 0;
        }

        private RoutingEvent otherAnswer(RoutingEvent event) {
            int other = event.ejector() == 5 ? 1 : 5;
            return Events.sort(
                    "line-1", event.itemId(), other, event.fireAt().plusMillis(700L * (other - event.ejector())));
        }
    }

    private Moment moment() {
        Moment now = clock.get();
        return new Moment(now.wall().plusMillis(aheadMillis), now.nanos());
    }

    private FiringControl gateway(Bookmark predecessor) {
        registry = new SimpleMeterRegistry();
        var control = new FiringControl(
                settings,
                Map.of("line-1", List.of(plc)),
                new GatewayMetrics(registry),
                (event, fate) -> outcomes.add(event.itemId() + " " + fate.word()),
                this::moment,
                () -> {});
        control.takeOver(0, Set.of("line-1"), predecessor);
        control.ownedUntil(clock.get().nanos() + TimeUnit.HOURS.toNanos(24));
        return control;
    }

    /** The fates that some event has had. */
    private Map<String, Long> fates() {
        Map<String, Long> fates = new TreeMap<>();
        for (Counter counter : registry.find(LineMetric.ACTUATIONS.meterName()).counters()) {
            fates.merge(counter.getId().getTag("fate"), (long) counter.count(), Long::sum);
        }
        fates.values().removeIf(count -> count == 0);
        return fates;
    }

    private Instant inMillis(long millis) {
        return clock.wall().plusMillis(millis);
    }
}
