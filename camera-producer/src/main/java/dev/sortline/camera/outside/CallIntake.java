// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside;

import dev.sortline.camera.trigger.CallOutcome;
import dev.sortline.camera.trigger.OutsideCall;
import dev.sortline.camera.trigger.OutsideTrigger;
import dev.sortline.trouble.OneLine;
import dev.sortline.trouble.TroubleLog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings calls from outside to a camera's trigger, by whatever way they come, and sees to it that each is answered and counted. Where there
 * is a source, it is listened to on a thread of its own, and again after a while when it is lost: twice as long after each failure, up to
 * 10 s, and a little more or less, so that many cameras do not all come at once.
 */
public final class CallIntake implements CallSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CallIntake.class);
    private static final TroubleLog TROUBLE = new TroubleLog(LOG);

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;
    private static final long ENDED_WITHIN_MILLIS = 3_000;
    private static final int MOST_CHARACTERS = 300;

    /** A call is given up when its time is over, not at that moment itself. */
    private static final long PAST_MILLIS = 2;

    private final String camera;
    private final OutsideTrigger trigger;
    private final Duration wait;
    private final @Nullable CallSource source;
    private final InstantSource clock;
    private final CallCount count;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread listening;
    private volatile @Nullable String problem;
    private volatile long pauseMillis = FIRST_PAUSE_MILLIS;

    /**
     * Takes calls at once, those of the source from {@link #start} on.
     *
     * @param camera as logs name it, {@code line/camera}
     * @param trigger that was opened by these settings
     */
    public CallIntake(
            String camera, OutsideSettings settings, OutsideTrigger trigger, InstantSource clock, CallCount count) {
        this.camera = camera;
        this.trigger = trigger;
        this.clock = clock;
        this.count = count;
        wait = settings.waiting();
        source = settings.source() == null ? null : settings.source().open(camera, clock);
        if (source != null) {
            problem = source.place() + ": is not connected yet";
        }
        listening = new Thread(this::listen, "triggers-" + camera);
        listening.setDaemon(true);
    }

    /** Listens to the source, where there is one. Returns at once. */
    public void start() {
        if (source != null) {
            listening.start();
        }
    }

    /** Why the source cannot be heard, in a line; empty when it can, or there is none. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public void opened() {
        problem = null;
        LOG.info("Camera {}: hears triggers from {}", camera, source == null ? "nobody" : source.place());
    }

    @Override
    public CompletableFuture<CallOutcome> call(OutsideCall call) {
        pauseMillis = FIRST_PAUSE_MILLIS;
        Instant now = clock.instant();
        CompletableFuture<CallOutcome> outcome = trigger.call(call, now);
        if (!outcome.isDone()) {
            Instant moment = call.at() == null || call.at().isBefore(now) ? now : call.at();
            long millis = Duration.between(now, moment).plus(wait).toMillis() + PAST_MILLIS;
            CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
                    .execute(() -> trigger.expire(clock.instant()));
        }
        return outcome.thenApply(this::told);
    }

    @Override
    public void unreadable(String line) {
        count.unreadable();
        TROUBLE.warn(camera + " unreadable", "Camera %s: a trigger cannot be read: %s".formatted(camera, line));
    }

    private CallOutcome told(CallOutcome outcome) {
        count.answered(outcome.fate());
        if (!outcome.isTaken()) {
            TROUBLE.warn(
                    camera + " " + outcome.fate().word(),
                    "Camera %s: trigger of %s got no frame: %s"
                            .formatted(
                                    camera,
                                    outcome.itemId() == null ? "an item" : "item " + outcome.itemId(),
                                    outcome.line()));
        }
        return outcome;
    }

    private void listen() {
        CallSource heard = source;
        if (heard == null) {
            return;
        }
        try {
            while (closing.getCount() > 0) {
                try {
                    heard.listen(this);
                } catch (IOException | RuntimeException e) {
                    lost(e);
                }
            }
        } catch (InterruptedException e) {
            // It was closed.
        }
    }

    private void lost(Exception failure) throws InterruptedException {
        count.lost();
        long pause = pauseMillis;
        pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
        String line =
                OneLine.of(failure.getMessage() == null ? failure.toString() : failure.getMessage(), MOST_CHARACTERS);
        problem = line;
        TROUBLE.warn(
                camera + " lost",
                "Camera %s: hears no triggers: %s; trying again in %d ms".formatted(camera, line, pause));
        var unused = closing.await(
                ThreadLocalRandom.current().nextLong(pause / 2, pause + pause / 2), TimeUnit.MILLISECONDS);
    }

    /** Listens no more, and answers all that wait. */
    @Override
    public void close() {
        closing.countDown();
        listening.interrupt();
        trigger.close();
        try {
            listening.join(ENDED_WITHIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
