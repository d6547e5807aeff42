// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.gateway.driver.DriverQueue.Task.Announce;
import dev.sortline.gateway.driver.DriverQueue.Task.Beat;
import dev.sortline.gateway.driver.DriverQueue.Task.Fire;
import dev.sortline.gateway.driver.DriverQueue.Task.Release;
import dev.sortline.gateway.driver.DriverQueue.Task.TakeOver;
import dev.sortline.gateway.firing.Announcement;
import dev.sortline.gateway.firing.Events;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.rules.EventFate;
import dev.sortline.gateway.rules.Shot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DriverMailboxTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    private final DriverMailbox mailbox = new DriverMailbox();
    private final Shot shot = Events.shot(Events.sort("line-1", "a", 1, Instant.now()), 1);
    private final LineStatus status = new LineStatus("line-1", true, false, 1, Map.of(), Map.of());

    @Test
    void nothingIsTakenBeforeThereIsAController() throws InterruptedException {
        // Given
        boolean taken = mailbox.fire(now());
        mailbox.announce(new Announcement(Events.unsure("line-1", "b", Instant.now()), null, EventFate.RESIDUAL));
        mailbox.open(NOW);
        mailbox.beat(status);

        // When
        var next = mailbox.next();

        // Then
        assertThat(taken).isFalse();
        assertThat(next).isEqualTo(new Beat(status));
    }

    @Test
    void linesAreTakenOverEachTimeThatTheControllerComes() throws InterruptedException {
        // Given
        mailbox.takeOver("line-1");
        mailbox.takeOver("line-2");
        mailbox.handOver("line-1");
        mailbox.open(NOW);
        var first = mailbox.next();
        mailbox.shut();

        // When
        mailbox.open(NOW);
        var again = mailbox.next();

        // Then
        assertThat(List.of(first, again)).containsOnly(new TakeOver("line-2"));
    }

    @Test
    void shotsToComeAreAnnouncedEachTimeThatTheControllerComes() throws InterruptedException {
        // Given
        var told = toCome("line-1", "a", NOW.plusSeconds(2));
        var meanwhile = toCome("line-1", "b", NOW.plusSeconds(3));
        mailbox.open(NOW);
        mailbox.announce(told);
        var first = mailbox.next();
        mailbox.shut();
        mailbox.announce(meanwhile);

        // When
        mailbox.open(NOW);

        // Then
        assertThat(first).isEqualTo(new Announce(told));
        assertThat(List.of(mailbox.next(), mailbox.next()))
                .containsExactly(new Announce(told), new Announce(meanwhile));
    }

    @Test
    void shotsWhoseTimeIsOverOrWhoseLineIsGoneAreNotAnnouncedAgain() throws InterruptedException {
        // Given
        mailbox.announce(toCome("line-1", "a", NOW.minusSeconds(2)));
        mailbox.announce(toCome("line-2", "b", NOW.plusSeconds(2)));
        mailbox.handOver("line-2");
        var left = toCome("line-1", "c", NOW.plusSeconds(2));
        mailbox.announce(left);

        // When
        mailbox.open(NOW);
        mailbox.beat(status);

        // Then
        assertThat(List.of(mailbox.next(), mailbox.next())).containsExactly(new Beat(status), new Announce(left));
    }

    @Test
    void ofManyShotsToComeTheLastAreKept() throws InterruptedException {
        // Given
        var first = toCome("line-1", "first", NOW.plusSeconds(1));
        mailbox.announce(first);
        for (int i = 0; i < DriverQueue.MOST_WAITING; i++) {
            mailbox.announce(toCome("line-1", "a" + i, NOW.plusSeconds(2)));
        }

        // When
        mailbox.open(NOW);

        // Then
        assertThat(mailbox.next()).isNotEqualTo(new Announce(first)).isInstanceOf(Announce.class);
    }

    @Test
    void shotsThatWaitWhenTheControllerIsLostAreGivenBackAndNeverTold() throws InterruptedException {
        // Given
        mailbox.open(NOW);
        mailbox.beat(status);
        var waiting = now();
        mailbox.fire(waiting);

        // When
        List<Fire> givenUp = mailbox.shut();
        mailbox.open(NOW);
        mailbox.takeOver("line-1");

        // Then
        assertThat(givenUp).containsExactly(waiting);
        assertThat(mailbox.next()).isEqualTo(new TakeOver("line-1"));
    }

    @Test
    void whoWaitsIsAwokenByWhatIsLeft() {
        // Given
        mailbox.open(NOW);
        var next = CompletableFuture.supplyAsync(this::awaitNext);
        var firing = now();

        // When
        mailbox.fire(firing);

        // Then
        assertThat(next.join()).isEqualTo(firing);
    }

    @Test
    void endAwakesWhoWaitsAndLeavesWhatIsHeld() throws InterruptedException {
        // Given
        mailbox.open(NOW);
        mailbox.hold(shot, LONG);
        var pause = CompletableFuture.runAsync(() -> awaitPause(LONG));

        // When
        mailbox.stop();

        // Then
        pause.join();
        assertThat(mailbox.next()).isNull();
        assertThat(mailbox.fire(now())).isFalse();
        assertThat(mailbox.pollHeld()).extracting(Release::shot).isEqualTo(shot);
    }

    private static Announcement toCome(String line, String item, Instant fireAt) {
        return new Announcement(
                Events.sort(line, item, 1, fireAt), Events.shot(Events.sort(line, item, 1, fireAt), 1), null);
    }

    private Fire now() {
        return new Fire(shot, System.nanoTime(), taken -> {});
    }

    private DriverQueue.Task awaitNext() {
        try {
            return mailbox.next();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitPause(Duration time) {
        try {
            mailbox.pause(time);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
