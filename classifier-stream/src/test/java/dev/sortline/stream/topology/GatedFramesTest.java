// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.classifier.Classification;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.engine.Engine;
import dev.sortline.classifier.engine.Precision;
import dev.sortline.classifier.image.DecodedImage;
import dev.sortline.classifier.image.PictureRegion;
import dev.sortline.classifier.integrity.CoarsePicture;
import dev.sortline.classifier.integrity.JpegIntegrity;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.network.InferenceTuning;
import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameSerializer;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.metrics.LineMetric;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.Lines;
import dev.sortline.sorting.PlanInForce;
import dev.sortline.stream.StreamSettings;
import dev.sortline.stream.camera.CameraWatch;
import dev.sortline.stream.camera.CameraWatchSettings;
import dev.sortline.stream.gate.GateMode;
import dev.sortline.stream.gate.GateSettings;
import dev.sortline.stream.gate.GatedFrame;
import dev.sortline.stream.gate.PaintedBelt;
import dev.sortline.stream.item.FrameFate;
import dev.sortline.stream.item.FrameReading.TakenFrame;
import dev.sortline.stream.model.LineModels;
import dev.sortline.stream.model.ModelInForce;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of frames that the gate of their camera answers. */
class GatedFramesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final RoutingEvent.Model MODEL = new RoutingEvent.Model("lightness", "1");
    private static final Line SINGLE = Lines.line("line-1");
    private static final Line VOTING = new Line("line-1", Lines.BELT, new PlanInForce(Lines.EDITION), 3);

    /** More than it takes for a gate to open. */
    private static final int EMPTY = 300;

    private static final int ITEMS = 6_000;

    private static PaintedBelt belt;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final HeardBeside heard = new HeardBeside();
    private final Lightness classifier = new Lightness();
    private TopologyTestDriver driver;
    private TestInputTopic<String, byte[]> frames;
    private TestOutputTopic<String, RoutingEvent> actuations;
    private CameraGates gates;
    private boolean has = true;
    private Instant now = START;
    private int sequence;

    @BeforeAll
    static void paint() {
        belt = new PaintedBelt();
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void gatedFrameIsAnEmptyOneThatTheNetworkNeverSaw() {
        // Given
        run(SINGLE, GateMode.ON);
        learn(SINGLE);

        // When
        for (int i = 0; i < 100; i++) {
            capture(null, belt.empty());
        }

        // Then
        assertThat(classifier.looks).isLessThan(20);
        assertThat(fate(FrameFate.EMPTY)).isEqualTo(100);
        assertThat(outcome("answered")).isEqualTo(100 - classifier.looks);
        assertThat(actuations.isEmpty()).isTrue();
        assertThat(heard.seen).hasSize(classifier.looks);
        assertThat(meters.get(LineMetric.CONFIDENCE.meterName()).summary().count())
                .isEqualTo(classifier.looks);
        assertThat(open()).isOne();
    }

    @Test
    void itemIsDecidedByTheNetworkWhileTheGateIsOpen() {
        // Given
        run(SINGLE, GateMode.ON);
        learn(SINGLE);

        // When
        for (int i = 0; i < 50; i++) {
            capture(null, belt.item());
        }

        // Then
        assertThat(classifier.looks).isEqualTo(50);
        assertThat(fate(FrameFate.ROUTED)).isEqualTo(50);
        assertThat(actuations.readValuesToList()).hasSize(50).allSatisfy(event -> assertThat(event.label())
                .isEqualTo("glass"));
    }

    @Test
    void gateInShadowCountsAndAnswersNothing() {
        // Given
        run(SINGLE, GateMode.SHADOW);
        learn(SINGLE);
        double before = outcome("agreed");

        // When
        for (int i = 0; i < 100; i++) {
            capture(null, belt.empty());
        }

        // Then
        assertThat(classifier.looks).isEqualTo(100);
        assertThat(outcome("answered")).isZero();
        assertThat(outcome("agreed") - before).isGreaterThan(90);
    }

    @Test
    void cameraWithoutAGateHasNoneOfItsMetrics() {
        // Given
        run(SINGLE, GateMode.OFF);

        // When
        capture(null, belt.empty());

        // Then
        assertThat(classifier.looks).isOne();
        assertThat(meters.find(LineMetric.GATE_FRAMES.meterName()).meters()).isEmpty();
        assertThat(meters.find(LineMetric.GATE_OPEN.meterName()).meters()).isEmpty();
    }

    @Test
    void itemThatAFreeRunningCameraSeesIsTheNetworksUntilThatSeesTheEmptyBelt() {
        // Given
        run(VOTING, GateMode.ON);
        learn(VOTING);

        // When
        for (int i = 0; i < 30; i++) {
            capture(null, belt.item());
            for (int j = 0; j < 4; j++) {
                capture(null, belt.empty());
            }
        }

        // Then
        assertThat(actuations.readValuesToList()).hasSize(30);
        assertThat(fate(FrameFate.ROUTED)).isEqualTo(30);
        assertThat(fate(FrameFate.EMPTY)).isEqualTo(120);
        assertThat(outcome("answered")).isBetween(70.0, 90.0);
    }

    @Test
    void framesOfWhichSomebodySaysThatThereIsAnItemAreAllLookedAtByTheNetwork() {
        // Given
        run(SINGLE, GateMode.ON);
        learn(SINGLE);

        // When
        for (int i = 0; i < 60; i++) {
            capture("item-" + i, belt.empty());
        }

        // Then
        assertThat(classifier.looks).isEqualTo(60);
        assertThat(outcome("answered")).isZero();
    }

    @Test
    void mistakeIsToldUntilTheGateHasLearnedAnew() {
        // Given
        run(SINGLE, GateMode.ON);
        learn(SINGLE);
        classifier.seesItemsOnly = true;

        // When
        while (outcome("disagreed") < 1) {
            capture(null, belt.empty());
        }

        // Then
        assertThat(gates.warnings())
                .containsExactly(
                        "line-1, camera-1: its gate took an item for an empty belt, and is shut until it has learned anew;"
                                + " where that happens again, set this camera to shadow under emptyGate.cameras");
        assertThat(open()).isZero();
        has = false;
        assertThat(gates.warnings()).isEmpty();
        assertThat(open()).isNaN();
    }

    @Test
    void anotherModelIsLearnedFromAnew() {
        // Given
        run(SINGLE, GateMode.ON);
        learn(SINGLE);
        CameraGate gate = gates.of(taken(SINGLE, null, belt.empty())).orElseThrow();

        // When
        var unused = gate.frame(new RoutingEvent.Model("lightness", "2"));

        // Then
        assertThat(gate.isOpen()).isFalse();
    }

    @Test
    void onlySoManyCamerasHaveAGate() {
        // Given
        run(SINGLE, GateMode.SHADOW);

        // When
        long having = IntStream.range(0, 2 * CameraGates.MOST_CAMERAS)
                .filter(i -> gates.of(taken(SINGLE, null, belt.empty(), "camera-" + i))
                        .isPresent())
                .count();

        // Then
        assertThat(having).isEqualTo(CameraGates.MOST_CAMERAS);
    }

    /** Sees glass where a picture is bright in some place, else an empty belt. */
    private static final class Lightness implements ImageClassifier {
        private static final List<String> LABELS = List.of("empty", "glass", "metal");
        private static final ModelPackage PACKAGE = ModelPackage.load(Path.of("../models/waste-cnn"));

        private boolean seesItemsOnly;
        private int looks;

        private record Seen(boolean item) implements DecodedImage {
            @Override
            public void close() {
                // It holds nothing.
            }
        }

        @Override
        public ModelPackage model() {
            return PACKAGE;
        }

        @Override
        public InferenceTuning tuning() {
            return new InferenceTuning(Engine.TENSORFLOW, Precision.FLOAT32, 1, 1, 1, 0);
        }

        @Override
        public DecodedImage decode(byte[] image, PictureRegion region) {
            return seen(coarse(image));
        }

        @Override
        public Optional<DecodedImage> decodeUnless(Predicate<CoarsePicture> known, byte[] image, PictureRegion region) {
            CoarsePicture coarse = coarse(image);
            return known.test(coarse) ? Optional.empty() : Optional.of(seen(coarse));
        }

        @Override
        public Classification classify(DecodedImage image) {
            looks++;
            return answer(seesItemsOnly || ((Seen) image).item());
        }

        static Classification answer(boolean item) {
            return new Classification(
                    LABELS, item ? new float[] {0.05f, 0.9f, 0.05f} : new float[] {0.9f, 0.05f, 0.05f});
        }

        @Override
        public List<Classification> classify(List<DecodedImage> batch) {
            return batch.stream().map(this::classify).toList();
        }

        @Override
        public void close() {
            // It holds nothing.
        }

        private static CoarsePicture coarse(byte[] image) {
            return JpegIntegrity.findings(image).coarse().orElseThrow();
        }

        private static DecodedImage seen(CoarsePicture coarse) {
            boolean bright = false;
            for (int row = 0; row < coarse.down(); row++) {
                for (int column = 0; column < coarse.across(); column++) {
                    bright |= coarse.level(0, column, row) > 150;
                }
            }
            return new Seen(bright);
        }
    }

    private void run(Line line, GateMode mode) {
        var lines = Map.of("line-1", line);
        var metrics = new LineMetrics(meters);
        gates = new CameraGates(lines, GateSettings.of(mode), id -> has, meters);
        var watch = new CameraWatch(lines, CameraWatchSettings.DEFAULT, meters, () -> now);
        var models = LineModels.of(new ModelInForce(classifier, MODEL));
        var ahead = new FramesAhead(lines, models, metrics, watch, gates, heard.beside(), () -> now);
        driver = new TopologyTestDriver(
                LineTopology.build(lines, models, metrics, heard.beside(), ahead, () -> now),
                new StreamSettings(Map.of("bootstrap.servers", "unused:1"), lines).streamsProperties(metrics),
                START);
        frames = driver.createInputTopic(Topic.FRAMES.topicName(), new StringSerializer(), new ByteArraySerializer());
        actuations = driver.createOutputTopic(
                Topic.ACTUATIONS.topicName(), new StringDeserializer(), new RoutingEventSerde().deserializer());
    }

    /** Shows the gate enough for it to open, past the topology. */
    private void learn(Line line) {
        CameraGate gate = gates.of(taken(line, null, belt.empty())).orElseThrow();
        // Where items are seen in several frames, those that follow each other are one.
        int inARow = line.votes() ? 1 : 10;
        for (int i = 0; i < EMPTY + ITEMS + ITEMS / inARow; i++) {
            boolean item = i >= EMPTY && i % (inARow + 1) != 0;
            byte[] image = item ? belt.item() : belt.empty();
            GatedFrame frame = gate.frame(MODEL);
            if (!frame.test(belt.coarse(image))) {
                gate.networkSaid(frame, Lightness.answer(item));
            }
        }
        assertThat(gate.isOpen()).isTrue();
    }

    private void capture(@Nullable String item, byte[] image) {
        now = now.plusMillis(100);
        Frame frame = taken(SINGLE, item, image).frame();
        var message = new TestRecord<String, byte[]>("line-1", image);
        try (var serializer = new FrameSerializer()) {
            serializer.serialize(Topic.FRAMES.topicName(), message.headers(), frame);
        }
        frames.pipeInput(message);
    }

    private TakenFrame taken(Line line, @Nullable String item, byte[] image) {
        return taken(line, item, image, "camera-1");
    }

    private TakenFrame taken(Line line, @Nullable String item, byte[] image, String camera) {
        var frame = new Frame("line-1", camera, ++sequence, item, now, null, "image/jpeg", null, image);
        return new TakenFrame(frame, line, now, now);
    }

    private double fate(FrameFate fate) {
        return meters.get(LineMetric.FRAMES.meterName())
                .tag("fate", fate.name().toLowerCase(Locale.ROOT))
                .counter()
                .count();
    }

    private double outcome(String outcome) {
        return meters.get(LineMetric.GATE_FRAMES.meterName())
                .tags("line", "line-1", "camera", "camera-1", "outcome", outcome)
                .counter()
                .count();
    }

    private double open() {
        return meters.get(LineMetric.GATE_OPEN.meterName()).gauge().value();
    }
}
