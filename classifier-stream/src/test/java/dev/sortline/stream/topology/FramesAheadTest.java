// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.network.ClassifierClosedException;
import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameSerializer;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.Topic;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.Lines;
import dev.sortline.stream.camera.CameraWatch;
import dev.sortline.stream.camera.CameraWatchSettings;
import dev.sortline.stream.gate.GateSettings;
import dev.sortline.stream.model.LineModels;
import dev.sortline.stream.model.ModelInForce;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is begun with a frame before Kafka Streams gets it. */
@Timeout(60)
class FramesAheadTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final RoutingEvent.Model FIRST = new RoutingEvent.Model("words", "1");

    private final WordClassifier classifier = new WordClassifier();
    private final ModelInForce model = new ModelInForce(classifier, FIRST);
    private final Map<String, Line> lines = Map.of("line-1", Lines.line("line-1"));
    private final CountDownLatch landed = new CountDownLatch(1);
    private Instant now = START;
    private InstantSource clock = () -> now;
    private final FramesAhead ahead = ahead();

    @AfterEach
    void close() {
        classifier.held.countDown();
        ahead.close();
    }

    @Test
    void frameIsLookedAtBeforeAnybodyAsksForIt() throws Exception {
        // When
        AdmittedFrame came = ahead.takeoff().begin(frame(1, "glass"), false, landed::countDown);
        landed.await();

        // Then
        assertThat(came.isDone()).isTrue();
        assertThat(came.admission()).isInstanceOf(Admission.Taken.class);
        assertThat(look(came).answer().classification().label()).isEqualTo("glass");
        assertThat(look(came).answer().model()).isEqualTo(FIRST);
    }

    @Test
    void loneFrameIsLookedAtByTheCallingThread() throws Exception {
        // When
        AdmittedFrame came = ahead.takeoff().begin(frame(1, "glass"), true, landed::countDown);

        // Then
        assertThat(came.isDone()).isTrue();
        assertThat(look(came).answer().classification().label()).isEqualTo("glass");
    }

    @Test
    void whatIsWrongWithAPictureIsToldToWhoeverAsksForIt() throws Exception {
        // Given
        AdmittedFrame came = ahead.takeoff().begin(frame(1, "corrupt"), false, landed::countDown);
        landed.await();

        // When
        var asked = assertThatThrownBy(look(came)::answer);

        // Then
        asked.isInstanceOf(UnreadableImageException.class);
    }

    @Test
    void whatNobodyForesawIsToldWhereTheFrameIsProcessed() throws Exception {
        // Given
        AdmittedFrame looked = ahead.takeoff().begin(frame(1, "bug"), false, landed::countDown);
        landed.await();
        clock = () -> {
            throw new IllegalStateException("no time");
        };

        // When
        AdmittedFrame admitted = ahead.takeoff().begin(frame(2, "glass"), false, () -> {});

        // Then
        assertThatThrownBy(look(looked)::answer).hasMessage("nobody foresaw this");
        assertThat(admitted.isDone()).isTrue();
        assertThat(admitted.admission())
                .isInstanceOfSatisfying(Admission.Failed.class, failed -> assertThat(failed.failure())
                        .hasMessage("no time"));
    }

    @Test
    void frameThatIsTooOldWhenItIsTakenUpIsNotDecoded() {
        // Given
        now = START.plus(Duration.ofHours(1));

        // When
        AdmittedFrame came = ahead.takeoff().begin(frame(1, "glass"), false, () -> {});

        // Then
        assertThat(came.isDone()).isTrue();
        assertThat(came.admission()).isInstanceOf(Admission.TooOld.class);
        assertThat(classifier.decoded).isEmpty();
    }

    @Test
    void recordThatIsNoFrameTakesNoTime() {
        // When
        AdmittedFrame came = ahead.takeoff()
                .begin(
                        new ConsumerRecord<>(Topic.FRAMES.topicName(), 0, 1, "line-1".getBytes(UTF_8), new byte[] {1}),
                        false,
                        () -> {});

        // Then
        assertThat(came.isDone()).isTrue();
        assertThat(came.admission()).isInstanceOf(Admission.NoFrame.class);
    }

    @Test
    void framesOfALineAreDecidedByTheModelThatWasInForceWhenTheyWereTakenUp() throws Exception {
        // Given
        classifier.held = new CountDownLatch(1);
        AdmittedFrame came = ahead.takeoff().begin(frame(1, "held"), false, landed::countDown);
        classifier.reached.await();
        var swap = new Thread(() -> model.replaceBy(new WordClassifier(), new RoutingEvent.Model("words", "2")));
        swap.start();

        // When
        while (model.model().equals(FIRST)) {
            Thread.onSpinWait();
        }
        boolean closedMeanwhile = classifier.closed;
        classifier.held.countDown();
        landed.await();
        swap.join();

        // Then
        assertThat(closedMeanwhile).isFalse();
        assertThat(look(came).answer().model()).isEqualTo(FIRST);
        assertThat(classifier.closed).isTrue();
    }

    @Test
    void frameThatIsTakenUpWhenAllIsClosedIsLeftAsItIs() {
        // Given
        ahead.close();

        // When
        AdmittedFrame came = ahead.takeoff().begin(frame(1, "glass"), false, () -> {});

        // Then
        assertThat(came.isDone()).isTrue();
        assertThatThrownBy(look(came)::answer).isInstanceOf(ClassifierClosedException.class);
        assertThat(classifier.decoded).isEmpty();
    }

    private FramesAhead ahead() {
        var meters = new SimpleMeterRegistry();
        InstantSource time = () -> clock.instant();
        var watch = new CameraWatch(lines, CameraWatchSettings.DEFAULT, meters, time);
        var gates = new CameraGates(Map.of(), GateSettings.DEFAULT, id -> true, meters);
        return new FramesAhead(
                lines, LineModels.of(model), new LineMetrics(meters), watch, gates, new HeardBeside().beside(), time);
    }

    private static FrameLook look(AdmittedFrame came) {
        @Nullable FrameLook look = came.look();
        assertThat(look).isNotNull();
        return look;
    }

    private static ConsumerRecord<byte[], byte[]> frame(long sequence, String image) {
        var frame =
                new Frame("line-1", "camera-1", sequence, null, START, null, "image/jpeg", null, image.getBytes(UTF_8));
        var headers = new RecordHeaders();
        byte[] value;
        try (var serializer = new FrameSerializer()) {
            value = serializer.serialize(Topic.FRAMES.topicName(), headers, frame);
        }
        return new ConsumerRecord<>(
                Topic.FRAMES.topicName(),
                0,
                sequence,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                "line-1".getBytes(UTF_8),
                value,
                headers,
                Optional.empty());
    }
}
