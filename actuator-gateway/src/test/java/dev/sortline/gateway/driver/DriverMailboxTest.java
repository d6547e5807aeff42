// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import static org.assertj.core.api.Assertions.assertThat;

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

    private final DriverMailbox mailbox = new DriverMailbox();
    private final Shot shot = Events.shot(Events.sort("line-1", "a", 1, Instant.now()), 1);
    private final LineStatus status = new LineStatus("line-1", true, false, 1, Map.of(), Map.of());

    @Test
    void nothingIsTakenBeforeThereIsAController() throws InterruptedException {
        // Given
        boolean taken = mailbox.fire(now());
        mailbox.announce(new Announcement(Events.unsure("line-1", "b", Instant.now()), null, EventFate.RESIDUAL));
        mailbox.open();
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
        mailbox.open();
        var first = mailbox.next();
        mailbox.shut();

        // When
        mailbox.open();
        var again = mailbox.next();

        // Then
        assertThat(List.of(first, again)).containsOnly(new TakeOver("line-2"));
    }

    @Test
    void shotsThatWaitWhenTheControllerIsLostAreGivenBackAndNeverTold() throws InterruptedException {
        // Given
        mailbox.open();
        mailbox.beat(status);
        var waiting = now();
        mailbox.fire(waiting);

        // When
        List<Fire> givenUp = mailbox.shut();
        mailbox.open();
        mailbox.takeOver("line-1");

        // Then
        assertThat(givenUp).containsExactly(waiting);
        assertThat(mailbox.next()).isEqualTo(new TakeOver("line-1"));
    }

    @Test
    void whoWaitsIsAwokenByWhatIsLeft() {
        // Given
        mailbox.open();
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
        mailbox.open();
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
