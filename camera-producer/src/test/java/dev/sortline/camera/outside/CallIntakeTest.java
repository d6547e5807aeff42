// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.time.CaptureTime;
import dev.sortline.camera.trigger.CallOutcome;
import dev.sortline.camera.trigger.CallOutcome.Fate;
import dev.sortline.camera.trigger.OutsideCall;
import dev.sortline.camera.trigger.OutsideTrigger;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CallIntakeTest {
    private final Tally tally = new Tally();
    private final FakeSource source = new FakeSource();
    private @Nullable OutsideTrigger trigger;
    private @Nullable CallIntake intake;

    /** Ends its connection with what it is told. */
    private static final class FakeSource implements CallSource, CallSourceSettings {
        private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        private final BlockingQueue<CallSink> connections = new LinkedBlockingQueue<>();

        @Override
        public CallSource open(String name, InstantSource clock) {
            return this;
        }

        @Override
        public void listen(CallSink calls) throws IOException, InterruptedException {
            calls.opened();
            connections.add(calls);
            throw new IOException(ends.take());
        }

        @Override
        public String place() {
            return "broker at somewhere:1883";
        }
    }

    @AfterEach
    void close() {
        if (intake != null) {
            intake.close();
        }
    }

    @Test
    void callIsAnsweredAndCountedWhenItsPictureIsTaken() {
        // Given
        open(null, 10_000);
        CompletableFuture<CallOutcome> outcome = intake.call(new OutsideCall("a", null, null));

        // When
        trigger.admit(picture(Instant.now().plusMillis(1)), Optional::empty);

        // Then
        assertThat(outcome.join().fate()).isEqualTo(Fate.TAKEN);
        assertThat(tally.counted).containsExactly("taken");
    }

    @Test
    void callIsAnsweredAlsoWhenNoPictureEverComes() {
        // Given
        open(null, 50);

        // When
        CompletableFuture<CallOutcome> outcome = intake.call(new OutsideCall("a", null, null));

        // Then
        assertThat(outcome.orTimeout(60, TimeUnit.SECONDS).join())
                .isEqualTo(new CallOutcome(Fate.NO_FRAME, "a", null, "no picture came within 50 ms"));
        assertThat(tally.counted).containsExactly("no-frame");
    }

    @Test
    void momentAheadIsWaitedFor() {
        // Given
        open(null, 50);
        Instant ahead = Instant.now().plusMillis(200);

        // When
        CompletableFuture<CallOutcome> outcome = intake.call(new OutsideCall("a", null, ahead));

        // Then
        assertThat(outcome.orTimeout(60, TimeUnit.SECONDS).join().fate()).isEqualTo(Fate.NO_FRAME);
        assertThat(Instant.now()).isAfter(ahead);
    }

    @Test
    void sourceThatIsLostIsListenedToAgain() throws Exception {
        // Given
        open(source, 500);
        intake.start();
        source.connections.take();

        // When
        source.ends.add("broker at somewhere:1883: gone");
        CallSink again = source.connections.take();

        // Then
        assertThat(again).isSameAs(intake);
        assertThat(tally.counted).containsExactly("lost");
        assertThat(intake.problem()).isEmpty();
    }

    @Test
    void problemSaysWhyNothingIsHeard() throws Exception {
        // Given
        open(source, 500);
        var before = intake.problem();

        // When
        intake.start();
        source.connections.take();
        for (int lost = 0; lost < 6; lost++) {
            source.ends.add("broker at somewhere:1883: gone");
        }

        // Then
        assertThat(before).contains("broker at somewhere:1883: is not connected yet");
        await().until(() -> intake.problem().equals(Optional.of("broker at somewhere:1883: gone")));
    }

    @Test
    void whoWaitsWhenItIsClosedIsTold() throws Exception {
        // Given
        open(source, 10_000);
        intake.start();
        CallSink sink = source.connections.take();
        CompletableFuture<CallOutcome> outcome = sink.call(new OutsideCall("a", null, null));

        // When
        intake.close();

        // Then
        assertThat(outcome).isCompletedWithValueMatching(told -> told.fate() == Fate.NO_FRAME);
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        // When
        var made = assertThatThrownBy(() -> new OutsideSettings(null, 0, null, null));

        // Then
        made.hasMessage("waitMillis is 0: must be from 1 to 60000");
    }

    private void open(@Nullable CallSourceSettings from, int waitMillis) {
        var settings = new OutsideSettings(from, waitMillis, null, null);
        trigger = settings.open("camera-1");
        intake = new CallIntake("line-1/camera-1", settings, trigger, InstantSource.system(), tally);
    }

    private static Picture picture(Instant at) {
        return new Picture(new byte[0], Picture.JPEG, CaptureTime.ofArrival(at, Duration.ZERO));
    }
}
