// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.gateway.driver.DriverQueue.Task;
import dev.sortline.gateway.driver.DriverQueue.Task.Announce;
import dev.sortline.gateway.driver.DriverQueue.Task.Beat;
import dev.sortline.gateway.driver.DriverQueue.Task.Fire;
import dev.sortline.gateway.driver.DriverQueue.Task.Probe;
import dev.sortline.gateway.driver.DriverQueue.Task.Release;
import dev.sortline.gateway.driver.DriverQueue.Task.TakeOver;
import dev.sortline.gateway.firing.Announcement;
import dev.sortline.gateway.firing.Events;
import dev.sortline.gateway.firing.HandClock;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.rules.EventFate;
import dev.sortline.gateway.rules.Shot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DriverQueueTest {
    private final HandClock clock = new HandClock();
    private final DriverQueue queue = new DriverQueue(now());

    @Test
    void shotsComeByTheirTimeHoweverTheyWereHandedOver() {
        // Given
        queue.add(fire("later", 1, 3));
        queue.add(fire("sooner", 2, 1));
        queue.add(fire("between", 3, 2));
        clock.advanceMillis(3);

        // When
        List<String> told = tellAll();

        // Then
        assertThat(told).containsExactly("fire sooner", "fire between", "fire later");
    }

    @Test
    void shotDoesNotComeBeforeItsTime() {
        // Given
        queue.add(fire("a", 1, 2));
        clock.advanceMillis(1);

        // When
        Task early = queue.next(now());
        long wait = queue.waitNanos(now());

        // Then
        assertThat(early).isNull();
        assertThat(wait).isEqualTo(1_000_000);
    }

    @Test
    void shotGoesBeforeThePulseThatEndsAtTheSameTime() {
        // Given
        queue.hold(shot("a", 1), now());
        queue.add(fire("b", 2, 0));

        // When
        List<String> told = tellAll();

        // Then
        assertThat(told).containsExactly("fire b", "release a");
    }

    @Test
    void ejectorThatIsStillHeldIsLetGoBeforeItsNextShot() {
        // Given
        queue.hold(shot("other", 2), nowPlus(5));
        queue.hold(shot("a", 1), nowPlus(6));
        queue.add(fire("b", 1, 0));

        // When
        List<String> told = tellAll();

        // Then
        assertThat(told).containsExactly("release a", "fire b");
    }

    @Test
    void pulseEndsAtItsTimeAlsoWhileAShotWaitsForItsOwn() {
        // Given
        queue.hold(shot("a", 1), nowPlus(1));
        queue.add(fire("b", 2, 2));
        clock.advanceMillis(1);

        // When
        List<String> told = tellAll();

        // Then
        assertThat(told).containsExactly("release a");
    }

    @Test
    void restWaitsWhileAShotDoes() {
        // Given
        queue.beat(status(1));
        queue.announce(announcement("b"));
        queue.add(fire("a", 1, 2));

        // When
        List<String> before = tellAll();
        clock.advanceMillis(2);
        List<String> after = tellAll();

        // Then
        assertThat(before).isEmpty();
        assertThat(after).containsExactly("fire a", "beat 1", "announce b");
    }

    @Test
    void onlyTheLatestStatusOfALineIsTold() {
        // Given
        queue.announce(announcement("b"));
        queue.beat(status(1));
        queue.takeOver("line-1");
        queue.beat(status(2));

        // When
        List<String> told = tellAll();

        // Then
        assertThat(told).containsExactly("takeOver line-1", "beat 2", "announce b");
    }

    @Test
    void controllerIsAskedWhetherItIsThereAfterAQuietSecond() {
        // Given
        clock.advanceMillis(500);
        queue.beat(status(1));
        tellAll();

        // When
        clock.advanceMillis(999);
        List<String> early = tellAll();
        clock.advanceMillis(1);
        List<String> told = tellAll();

        // Then
        assertThat(early).isEmpty();
        assertThat(told).containsExactly("probe");
    }

    @Test
    void moreShotsThanThereIsRoomForAreRefused() {
        // Given
        for (int i = 0; i < DriverQueue.MOST_WAITING; i++) {
            queue.add(fire("a" + i, 1, 1));
        }

        // When
        boolean added = queue.add(fire("b", 1, 0));

        // Then
        assertThat(added).isFalse();
        assertThat(queue.clear()).hasSize(DriverQueue.MOST_WAITING);
    }

    @Test
    void oldestAnnouncementMakesRoom() {
        // Given
        for (int i = 0; i < DriverQueue.MOST_WAITING; i++) {
            queue.announce(announcement("a" + i));
        }

        // When
        boolean room = queue.announce(announcement("b"));

        // Then
        assertThat(room).isFalse();
        assertThat(tellAll())
                .hasSize(DriverQueue.MOST_WAITING)
                .startsWith("announce a1")
                .endsWith("announce b");
    }

    @Test
    void nothingIsLeftOfAConnectionThatWasLost() {
        // Given
        queue.add(fire("a", 1, 0));
        queue.hold(shot("b", 2), now());
        queue.takeOver("line-1");
        queue.beat(status(1));
        queue.announce(announcement("c"));

        // When
        List<Fire> given = queue.clear();

        // Then
        assertThat(given).extracting(firing -> firing.shot().event().itemId()).containsExactly("a");
        assertThat(tellAll()).isEmpty();
    }

    private List<String> tellAll() {
        List<String> told = new ArrayList<>();
        for (Task task = queue.next(now()); task != null; task = queue.next(now())) {
            told.add(word(task));
        }
        return told;
    }

    private static String word(Task task) {
        if (task instanceof Fire firing) {
            return "fire " + firing.shot().event().itemId();
        }
        if (task instanceof Release pulse) {
            return "release " + pulse.shot().event().itemId();
        }
        if (task instanceof TakeOver line) {
            return "takeOver " + line.lineId();
        }
        if (task instanceof Beat beat) {
            return "beat " + beat.status().beat();
        }
        if (task instanceof Announce item) {
            return "announce " + item.announcement().event().itemId();
        }
        assertThat(task).isInstanceOf(Probe.class);
        return "probe";
    }

    private long now() {
        return clock.get().nanos();
    }

    private long nowPlus(long millis) {
        return now() + millis * 1_000_000;
    }

    private Fire fire(String item, int ejector, long inMillis) {
        return new Fire(shot(item, ejector), nowPlus(inMillis), taken -> {});
    }

    private static Shot shot(String item, int ejector) {
        return Events.shot(Events.sort("line-1", item, ejector, Instant.EPOCH), 1);
    }

    private static Announcement announcement(String item) {
        return new Announcement(Events.unsure("line-1", item, Instant.EPOCH), null, EventFate.RESIDUAL);
    }

    private static LineStatus status(long beat) {
        return new LineStatus("line-1", true, false, beat, Map.of(), Map.of());
    }
}
