// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sortline.classifier.image.PictureRegion;
import dev.sortline.classifier.network.ClassifierClosedException;
import dev.sortline.contract.DeadLetter;
import dev.sortline.contract.Decision;
import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameSerializer;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.metrics.LineMetric;
import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.BeltGeometry.Camera;
import dev.sortline.sorting.BeltGeometry.Ejector;
import dev.sortline.sorting.BeltGeometry.Region;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.Lines;
import dev.sortline.sorting.PlanEdition;
import dev.sortline.stream.StreamSettings;
import dev.sortline.stream.camera.CameraWatch;
import dev.sortline.stream.camera.CameraWatchSettings;
import dev.sortline.stream.gate.GateSettings;
import dev.sortline.stream.item.FrameFate;
import dev.sortline.stream.model.LineModels;
import dev.sortline.stream.model.ModelInForce;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of frames, without a broker and without TensorFlow. */
class LineTopologyTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final RoutingEvent.Model MODEL = new RoutingEvent.Model("words", "1");

    private final WordClassifier classifier = new WordClassifier();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Line line = Lines.line("line-1");
    private Instant now = START;
    private TopologyTestDriver driver;
    private TestInputTopic<@Nullable String, byte[]> frames;
    private TestOutputTopic<String, RoutingEvent> actuations;
    private TestOutputTopic<String, byte[]> deadLetters;

    @BeforeEach
    void start() {
        var lines = Map.of("line-1", line, "line-2", Lines.line("line-2"), "line-3", surveyed());
        var metrics = new LineMetrics(meters);
        InstantSource clock = () -> now;
        var watch = new CameraWatch(lines, CameraWatchSettings.DEFAULT, meters, clock);
        var properties = new StreamSettings(Map.of("bootstrap.servers", "unused:1"), lines).streamsProperties(metrics);
        var models = LineModels.of(new ModelInForce(classifier, MODEL));
        var gates = new CameraGates(Map.of(), GateSettings.DEFAULT, id -> true, meters);
        var beside = new HeardBeside().beside();
        driver = new TopologyTestDriver(
                LineTopology.build(
                        lines,
                        models,
                        metrics,
                        beside,
                        new FramesAhead(lines, models, metrics, watch, gates, beside, clock),
                        clock),
                properties,
                START);
        frames = driver.createInputTopic(Topic.FRAMES.topicName(), new StringSerializer(), new ByteArraySerializer());
        actuations = driver.createOutputTopic(
                Topic.ACTUATIONS.topicName(), new StringDeserializer(), new RoutingEventSerde().deserializer());
        deadLetters = driver.createOutputTopic(
                Topic.DEAD_LETTERS.topicName(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void sureItemIsSortedIntoItsLane() {
        // Given
        now = START.plusMillis(40);

        // When
        capture(frame(1, "glass"));

        // Then
        var event = actuations.readValue();
        assertThat(event.decision()).isEqualTo(Decision.SORT);
        assertThat(event.lane()).isEqualTo("glass");
        assertThat(event.ejector()).isEqualTo(1);
        assertThat(event.fireAt()).isEqualTo(START.plusMillis(485));
        assertThat(event.deadline()).isEqualTo(START.plusMillis(465));
        assertThat(event.confidence()).isEqualTo(0.9);
        assertThat(event.probabilities()).hasSize(4);
        assertThat(event.frameIds()).containsExactly("line-1/camera-1/1");
        assertThat(event.model()).isEqualTo(MODEL);
        assertThat(event.stageMicros().queue()).isEqualTo(40_000);
    }

    @Test
    void eventIsKeyedByItsLineAndCarriesNoneOfTheFramesHeaders() {
        // Given
        var frame = frame(1, "glass");

        // When
        capture(frame);

        // Then
        var published = actuations.readRecord();
        assertThat(published.key()).isEqualTo("line-1");
        assertThat(published.headers().toArray())
                .extracting(Header::key)
                .contains("ce_itemid")
                .doesNotContain("ce_cameraid", "ce_sequence")
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"unsure, UNCERTAIN", "either, AMBIGUOUS"})
    void unsureItemRunsOnToTheResidualLane(String image, Decision decision) {
        // Given
        var frame = frame(1, image);

        // When
        capture(frame);

        // Then
        var event = actuations.readValue();
        assertThat(event.decision()).isEqualTo(decision);
        assertThat(event.lane()).isEqualTo("residue");
        assertThat(event.ejector()).isNull();
        assertThat(event.reason()).isNotBlank();
    }

    @Test
    void emptyBeltMakesNoEvent() {
        // Given
        var frame = frame(1, "empty");

        // When
        capture(frame);

        // Then
        assertThat(actuations.isEmpty()).isTrue();
        assertThat(fates()).containsOnly(Map.entry(FrameFate.EMPTY, 1L));
    }

    @Test
    void frameTooOldForAnyEjectorIsLateWithoutBeingDecoded() {
        // Given
        now = START.plusMillis(1966);

        // When
        capture(frame(1, "glass"));

        // Then
        var event = actuations.readValue();
        assertThat(event.decision()).isEqualTo(Decision.LATE);
        assertThat(event.lane()).isEqualTo("residue");
        assertThat(event.ejector()).isNull();
        assertThat(classifier.decoded).isEmpty();
        assertThat(fates()).containsOnly(Map.entry(FrameFate.LATE, 1L));
    }

    @Test
    void answerAfterItsOwnEjectorsDeadlineFiresNothing() {
        // Given
        now = START.plusMillis(466);

        // When
        capture(frame(1, "glass"));

        // Then
        var event = actuations.readValue();
        assertThat(event.decision()).isEqualTo(Decision.LATE);
        assertThat(event.ejector()).isNull();
        assertThat(event.label()).isEqualTo("glass");
        assertThat(fates()).containsOnly(Map.entry(FrameFate.LATE, 1L));
    }

    @Test
    void answerBeforeAFartherEjectorsDeadlineStillFiresIt() {
        // Given
        now = START.plusMillis(466);

        // When
        capture(frame(1, "metal"));

        // Then
        assertThat(actuations.readValue().ejector()).isEqualTo(2);
    }

    @Test
    void corruptImageIsSetAsideAsItCameAndItsItemRunsOn() {
        // Given
        var frame = frame(1, "corrupt");

        // When
        capture(frame);

        // Then
        var letter = deadLetters.readRecord();
        assertThat(letter.value()).isEqualTo(frame.image());
        assertThat(letter.headers().lastHeader("ce_id")).isNotNull();
        assertThat(DeadLetter.readFrom(letter.headers()))
                .isEqualTo(new DeadLetter("corrupt", "no image in it", "sortline.frames", 0, 0));
        assertThat(actuations.readValue().decision()).isEqualTo(Decision.UNREADABLE);
        assertThat(fates()).containsOnly(Map.entry(FrameFate.UNREADABLE, 1L));
    }

    @Test
    void recordThatIsNoFrameIsSetAsideWithTheReason() {
        // Given
        var noFrame = new TestRecord<@Nullable String, byte[]>("line-1", bytes("hello"));

        // When
        frames.pipeInput(noFrame);

        // Then
        var letter = DeadLetter.readFrom(deadLetters.readRecord().headers());
        assertThat(letter.reason()).isEqualTo("bad-envelope");
        assertThat(letter.detail()).contains("'specversion' is missing");
        assertThat(actuations.isEmpty()).isTrue();
        assertThat(fates()).containsOnly(Map.entry(FrameFate.UNREADABLE, 1L));
    }

    @Test
    void recordWithoutKeyIsSetAside() {
        // Given
        var frame = frame(1, "glass");

        // When
        frames.pipeInput(record(null, frame));

        // Then
        var letter = DeadLetter.readFrom(deadLetters.readRecord().headers());
        assertThat(letter.detail()).contains("'lineid' is 'line-1': must be the record's key, 'null'");
    }

    @Test
    void frameOfALineThatIsNotConfiguredIsSetAside() {
        // Given
        var frame = new Frame("line-9", "camera-1", 1, null, START, null, "image/jpeg", null, bytes("glass"));

        // When
        capture(frame);

        // Then
        var letter = DeadLetter.readFrom(deadLetters.readRecord().headers());
        assertThat(letter.reason()).isEqualTo("unknown-line");
        assertThat(classifier.decoded).isEmpty();
    }

    @Test
    void frameOfACameraThatStandsNobodyKnowsWhereIsSetAside() {
        // Given
        var frame = new Frame("line-3", "camera-9", 1, null, START, null, "image/jpeg", null, bytes("glass"));

        // When
        capture(frame);

        // Then
        var letter = DeadLetter.readFrom(deadLetters.readRecord().headers());
        assertThat(letter.reason()).isEqualTo("unknown-camera");
        assertThat(letter.detail())
                .isEqualTo("the belt of line 'line-3' has no camera 'camera-9': add it under cameras");
        assertThat(actuations.isEmpty()).isTrue();
        assertThat(fates()).containsOnly(Map.entry(FrameFate.UNREADABLE, 1L));
    }

    @Test
    void eventTellsBothTimeAndBeltPositionOfTheCameraThatSawTheItem() {
        // Given
        var frame = new Frame("line-3", "camera-2", 1, null, START, 10_000L, "image/jpeg", null, bytes("glass"));

        // When
        capture(frame);

        // Then
        var event = actuations.readValue();
        assertThat(event.fireAt()).isEqualTo(START.plusMillis(400));
        assertThat(event.fireAtEncoder()).isEqualTo(10_000 + 800);
    }

    @Test
    void onlyThePartOfThePictureIsLookedAtInWhichTheBeltLies() {
        // Given
        var whole = new Frame("line-3", "camera-1", 1, null, START, null, "image/jpeg", null, bytes("metal"));
        var part = new Frame("line-3", "camera-2", 1, null, START, null, "image/jpeg", null, bytes("glass"));

        // When
        capture(whole);
        capture(part);

        // Then
        assertThat(classifier.parts).containsExactly(PictureRegion.WHOLE, new PictureRegion(0.25, 0, 0.5, 1));
    }

    @Test
    void eventTellsTheEditionOfThePlanThatDecided() {
        // Given
        capture(frame(1, "glass"));

        // When
        line.plan().replaceBy(new PlanEdition("two-fractions", "00000000000b", Lines.plan(0.95)));
        capture(frame(2, "glass"));

        // Then
        assertThat(actuations.readValuesToList())
                .extracting(RoutingEvent::planEdition, RoutingEvent::decision, RoutingEvent::fraction)
                .containsExactly(
                        tuple("000000000001", Decision.SORT, "glass"),
                        tuple("00000000000b", Decision.UNCERTAIN, "glass"));
    }

    @Test
    void failureThatNobodyForesawSetsTheFrameAsideAndTheLineRunsOn() {
        // Given
        capture(frame(1, "bug"));

        // When
        capture(frame(2, "glass"));

        // Then
        var letter = deadLetters.readRecord();
        assertThat(letter.value()).isEqualTo(bytes("bug"));
        assertThat(DeadLetter.readFrom(letter.headers()).reason()).isEqualTo("failed");
        assertThat(actuations.readValue().frameIds()).containsExactly("line-1/camera-1/2");
        assertThat(fates()).containsOnly(Map.entry(FrameFate.UNREADABLE, 1L), Map.entry(FrameFate.ROUTED, 1L));
    }

    @Test
    void frameThatTheClassifierWasClosedOnIsNotCountedAsDone() {
        // Given
        var frame = frame(1, "closed");

        // When
        var processing = assertThatThrownBy(() -> capture(frame));

        // Then
        processing.hasRootCauseInstanceOf(ClassifierClosedException.class);
        assertThat(deadLetters.isEmpty()).isTrue();
        assertThat(fates()).isEmpty();
    }

    @Test
    void goodFramesBetweenPoisonAllBecomeEventsInTheirOrder() {
        // Given
        var words = List.of("glass", "corrupt", "metal", "empty", "bug", "trash");

        // When
        for (int i = 0; i < words.size(); i++) {
            capture(frame(i, words.get(i)));
            frames.pipeInput("line-1", bytes("poison"));
        }

        // Then
        assertThat(actuations.readValuesToList())
                .extracting(event -> event.frameIds().get(0))
                .containsExactly("line-1/camera-1/0", "line-1/camera-1/1", "line-1/camera-1/2", "line-1/camera-1/5");
        assertThat(fates()).isEqualTo(Map.of(FrameFate.ROUTED, 3L, FrameFate.EMPTY, 1L, FrameFate.UNREADABLE, 8L));
    }

    @Test
    void severalFramesOfOneItemMakeOneEvent() {
        // Given
        capture(frameOfItem(1, "item-7", "glass"));

        // When
        capture(frameOfItem(2, "item-7", "metal"));

        // Then
        assertThat(actuations.readValuesToList())
                .extracting(RoutingEvent::label)
                .containsExactly("glass");
        assertThat(fates()).containsOnly(Map.entry(FrameFate.ROUTED, 2L));
    }

    @Test
    void decidingFrameThatComesAgainAfterACrashRepeatsItsEvent() {
        // Given
        capture(frameOfItem(1, "item-7", "glass"));
        var before = actuations.readValue();
        crash();

        // When
        capture(frameOfItem(1, "item-7", "glass"));

        // Then
        assertThat(actuations.readValue().id()).isEqualTo(before.id());
    }

    @Test
    void itemIdThatItsTriggerUsesAgainIsAnotherItem() {
        // Given
        capture(frameOfItem(1, "item-7", "glass"));
        var before = actuations.readValue();
        now = START.plusSeconds(10);

        // When
        capture(frameOfItem(2, "item-7", now, "metal"));
        capture(frameOfItem(3, "item-7", now.plusMillis(10), "glass"));

        // Then
        var event = actuations.readValue();
        assertThat(event.decision()).isEqualTo(Decision.SORT);
        assertThat(event.label()).isEqualTo("metal");
        assertThat(event.id()).isNotEqualTo(before.id()).isEqualTo("line-1/item-7.1767225610000");
        assertThat(actuations.isEmpty()).isTrue();
    }

    @Test
    void itemWhoseIdWasUsedAgainHasTheSameNameAfterACrash() {
        // Given
        capture(frameOfItem(1, "item-7", "glass"));
        actuations.readValue();
        now = START.plusSeconds(10);
        capture(frameOfItem(2, "item-7", now, "metal"));
        var before = actuations.readValue();
        crash();

        // When
        capture(frameOfItem(2, "item-7", now, "metal"));

        // Then
        assertThat(actuations.readValue().id()).isEqualTo(before.id());
    }

    @Test
    void itemIdsOfDifferentLinesAreDifferentItems() {
        // Given
        capture(frameOfItem(1, "item-7", "glass"));
        var other = new Frame("line-2", "camera-1", 1, "item-7", START, null, "image/jpeg", null, bytes("metal"));

        // When
        capture(other);

        // Then
        assertThat(actuations.readValuesToList()).hasSize(2);
    }

    @Test
    void decidedItemsAreForgottenWhenNoFrameOfThemCanComeAnyMore() {
        // Given
        capture(frameOfItem(1, "item-7", "glass"));
        driver.advanceWallClockTime(Duration.ofMinutes(16));

        // When
        var remembered =
                driver.getTimestampedKeyValueStore(ItemRouting.DECIDED_ITEMS).all();

        // Then
        try (remembered) {
            assertThat(remembered.hasNext()).isFalse();
        }
    }

    @Test
    void everyDecodedImageIsClosedAlsoWhenClassifyingFails() {
        // Given
        var words = List.of("glass", "bug", "empty");

        // When
        words.forEach(word -> capture(frame(words.indexOf(word), word)));

        // Then
        assertThat(classifier.open).isZero();
    }

    @Test
    void longestCameraIdAndSequenceStillMakeAnEvent() {
        // Given
        var camera = "c".repeat(64);
        var frame = new Frame("line-1", camera, Long.MAX_VALUE, null, START, null, "image/jpeg", null, bytes("glass"));

        // When
        capture(frame);

        // Then
        assertThat(actuations.readValue().itemId()).isEqualTo(camera + "." + Long.MAX_VALUE + ".1767225600000");
    }

    @Test
    void truthTravelsToTheEventAndDecidesNothing() {
        // Given
        var frame = new Frame("line-1", "camera-1", 1, null, START, null, "image/jpeg", "metal", bytes("glass"));

        // When
        capture(frame);

        // Then
        var event = actuations.readValue();
        assertThat(event.truth()).isEqualTo("metal");
        assertThat(event.lane()).isEqualTo("glass");
    }

    /** 2 m/s and 1000 counts a metre; glass is 0.8 m after camera-2, which stands 0.2 m after camera-1. */
    private static Line surveyed() {
        var belt = new BeltGeometry(
                2.0,
                20,
                "residue",
                1_000.0,
                Map.of("camera-1", new Camera(0), "camera-2", new Camera(0.2, new Region(0.25, 0, 0.5, 1))),
                Map.of("glass", new Ejector(1, 1.0, 0), "metal", new Ejector(2, 4.0, 15)));
        return new Line("line-3", belt, Lines.EDITION);
    }

    /** Another process goes on, which has nothing but what the store's changelog kept. */
    private void crash() {
        Map<String, ValueAndTimestamp<String>> kept = new HashMap<>();
        KeyValueStore<String, ValueAndTimestamp<String>> store =
                driver.getTimestampedKeyValueStore(ItemRouting.DECIDED_ITEMS);
        try (var all = store.all()) {
            all.forEachRemaining(item -> kept.put(item.key, item.value));
        }
        stop();
        start();
        KeyValueStore<String, ValueAndTimestamp<String>> restored =
                driver.getTimestampedKeyValueStore(ItemRouting.DECIDED_ITEMS);
        kept.forEach(restored::put);
    }

    private void capture(Frame frame) {
        frames.pipeInput(record(frame.lineId(), frame));
    }

    private static TestRecord<@Nullable String, byte[]> record(@Nullable String key, Frame frame) {
        var message = new TestRecord<@Nullable String, byte[]>(key, frame.image());
        try (var serializer = new FrameSerializer()) {
            serializer.serialize(Topic.FRAMES.topicName(), message.headers(), frame);
        }
        return message;
    }

    private static Frame frame(long sequence, String image) {
        return new Frame("line-1", "camera-1", sequence, null, START, null, "image/jpeg", null, bytes(image));
    }

    private static Frame frameOfItem(long sequence, String item, String image) {
        return new Frame("line-1", "camera-1", sequence, item, START, null, "image/jpeg", null, bytes(image));
    }

    private static Frame frameOfItem(long sequence, String item, Instant capturedAt, String image) {
        return new Frame("line-1", "camera-1", sequence, item, capturedAt, null, "image/jpeg", null, bytes(image));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Map<FrameFate, Long> fates() {
        Map<FrameFate, Long> fates = new EnumMap<>(FrameFate.class);
        Arrays.stream(FrameFate.values()).forEach(fate -> {
            long count = meters
                    .find(LineMetric.FRAMES.meterName())
                    .tag("fate", fate.name().toLowerCase(Locale.ROOT))
                    .counters()
                    .stream()
                    .mapToLong(counter -> (long) counter.count())
                    .sum();
            if (count > 0) {
                fates.put(fate, count);
            }
        });
        return fates;
    }
}
