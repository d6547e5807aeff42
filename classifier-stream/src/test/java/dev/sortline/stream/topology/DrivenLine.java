// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.contract.DeadLetter;
import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameSerializer;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.metrics.LineMetric;
import dev.sortline.sorting.Line;
import dev.sortline.stream.StreamSettings;
import dev.sortline.stream.camera.CameraWatch;
import dev.sortline.stream.camera.CameraWatchSettings;
import dev.sortline.stream.gate.GateSettings;
import dev.sortline.stream.item.FrameFate;
import dev.sortline.stream.model.LineModels;
import dev.sortline.stream.model.ModelInForce;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.cumulative.CumulativeCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * The topology of {@code line-1}, without broker, driven by hand: its images are the words of {@link WordClassifier}, its time stands
 * still.
 */
final class DrivenLine implements AutoCloseable {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final RoutingEvent.Model MODEL = new RoutingEvent.Model("words", "1");

    private final FailingRegistry meters = new FailingRegistry();
    private final HeardBeside heard;
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, byte[]> frames;
    private final TestOutputTopic<String, RoutingEvent> actuations;
    private final TestOutputTopic<String, byte[]> deadLetters;
    private final ModelInForce model = new ModelInForce(new WordClassifier(), MODEL);
    private Instant now;

    private DrivenLine(Line line, HeardBeside heard, Instant now) {
        this.heard = heard;
        this.now = now;
        var lines = Map.of(line.id(), line);
        var metrics = new LineMetrics(meters);
        var properties = new StreamSettings(Map.of("bootstrap.servers", "unused:1"), lines).streamsProperties(metrics);
        var watch = new CameraWatch(lines, CameraWatchSettings.DEFAULT, meters, () -> this.now);
        var models = LineModels.of(model);
        var gates = new CameraGates(Map.of(), GateSettings.DEFAULT, id -> true, meters);
        var topology = LineTopology.build(
                lines,
                models,
                metrics,
                heard.beside(),
                new FramesAhead(lines, models, metrics, watch, gates, heard.beside(), () -> this.now),
                () -> this.now);
        driver = new TopologyTestDriver(topology, properties, now);
        frames = driver.createInputTopic(Topic.FRAMES.topicName(), new StringSerializer(), new ByteArraySerializer());
        deadLetters = driver.createOutputTopic(
                Topic.DEAD_LETTERS.topicName(), new StringDeserializer(), new ByteArrayDeserializer());
        actuations = driver.createOutputTopic(
                Topic.ACTUATIONS.topicName(), new StringDeserializer(), new RoutingEventSerde().deserializer());
    }

    static DrivenLine of(Line line) {
        return of(line, new HeardBeside());
    }

    /** With somebody who hears what is told beside the events. */
    static DrivenLine of(Line line, HeardBeside heard) {
        return new DrivenLine(line, heard, START);
    }

    /** The line in another process, which has nothing but what the store's changelog kept. */
    DrivenLine afterACrash(Line line) {
        var next = new DrivenLine(line, heard, now);
        kept().forEach(next.store()::put);
        return next;
    }

    /** An image that {@code camera-1} took at {@code millis} after the start; it comes {@code millis} after the start, or later. */
    DrivenLine capture(long millis, @Nullable String item, String image) {
        return capture("camera-1", millis, item, image);
    }

    DrivenLine capture(String camera, long millis, @Nullable String item, String image) {
        var captured = START.plusMillis(millis);
        now = now.isAfter(captured) ? now : captured;
        var bytes = image.getBytes(StandardCharsets.UTF_8);
        return send(new Frame("line-1", camera, millis, item, captured, millis, "image/jpeg", null, bytes));
    }

    /** An image of no item that comes now, whatever its camera says of when it was captured. */
    DrivenLine send(String camera, long sequence, Instant capturedAt, String image) {
        var bytes = image.getBytes(StandardCharsets.UTF_8);
        return send(new Frame("line-1", camera, sequence, null, capturedAt, null, "image/jpeg", null, bytes));
    }

    private DrivenLine send(Frame frame) {
        byte[] bytes = frame.image();
        var message = new TestRecord<String, byte[]>("line-1", bytes);
        try (var serializer = new FrameSerializer()) {
            serializer.serialize(Topic.FRAMES.topicName(), message.headers(), frame);
        }
        frames.pipeInput(message);
        return this;
    }

    Instant now() {
        return now;
    }

    /** Lets time pass until so long after the start. */
    void waitUntil(long millis) {
        pass(Duration.between(now, START.plusMillis(millis)));
    }

    /** Lets time pass. */
    void pass(Duration wait) {
        now = now.plus(wait);
        driver.advanceWallClockTime(wait);
    }

    /** The events since this was asked last. */
    List<RoutingEvent> events() {
        return actuations.readValuesToList();
    }

    /** The reasons of the frames set aside since this was asked last. */
    List<String> refusals() {
        return deadLetters.readRecordsToList().stream()
                .map(letter -> DeadLetter.readFrom(letter.headers()).reason())
                .toList();
    }

    /** What the counters of that name have come to. */
    long count(String counter) {
        return Math.round(meters.find(counter).counters().stream()
                .mapToDouble(Counter::count)
                .sum());
    }

    /** How many series of that name there are. */
    int meters(String name) {
        return meters.find(name).meters().size();
    }

    /** From now on another version of the model looks at frames, with other labels. */
    void swapTo(String version, List<String> labels) {
        model.replaceBy(new WordClassifier(labels), new RoutingEvent.Model("words", version));
    }

    /** From now on the step that counts this fails. */
    void failAt(String counter) {
        meters.failing = counter;
    }

    Map<String, KeptItem> kept() {
        Map<String, KeptItem> kept = new LinkedHashMap<>();
        try (var all = store().all()) {
            all.forEachRemaining(each -> kept.put(each.key, each.value));
        }
        return kept;
    }

    Map<FrameFate, Long> fates() {
        Map<FrameFate, Long> fates = new EnumMap<>(FrameFate.class);
        for (FrameFate fate : FrameFate.values()) {
            var counters = new ArrayList<>(meters.find(LineMetric.FRAMES.meterName())
                    .tag("fate", fate.name().toLowerCase(Locale.ROOT))
                    .counters());
            long count =
                    Math.round(counters.stream().mapToDouble(Counter::count).sum());
            if (count > 0) {
                fates.put(fate, count);
            }
        }
        return fates;
    }

    private static final class FailingRegistry extends SimpleMeterRegistry {
        private String failing = "";

        @Override
        protected Counter newCounter(Meter.Id id) {
            return new CumulativeCounter(id) {
                @Override
                public void increment(double amount) {
                    if (id.getName().equals(failing)) {
                        throw new IllegalStateException("nobody foresaw this");
                    }
                    super.increment(amount);
                }
            };
        }
    }

    private KeyValueStore<String, KeptItem> store() {
        return driver.getKeyValueStore(VoteBook.STORE);
    }

    @Override
    public void close() {
        driver.close();
    }
}
