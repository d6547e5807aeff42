// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.contract.DeadLetter;
import dev.sortline.contract.Decision;
import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameSerializer;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.line.peers.ClassifyProcess;
import dev.sortline.line.peers.Samples;
import dev.sortline.line.peers.TopicLog;
import dev.sortline.loopback.Broker;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.loopback.PrometheusText;
import dev.sortline.process.TopicSetup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code sortline classify} on a real broker, with good frames between every kind of record that is none. */
@Timeout(180)
class PoisonIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String LINE = "line-1";
    private static final String FRAMES = Topic.FRAMES.topicName();
    private static final List<String> COMPRESSIONS = List.of("none", "gzip", "lz4", "zstd", "snappy");
    private static final int MOST_CHARACTERS_OF_A_LINE = 500;
    private static final Pattern REFUSAL =
            Pattern.compile("(\\S+) \\[WARN] DeadLetters - Frame of \\S+ at \\S+ refused, ([a-z-]+): .*?"
                    + "(?: \\(and (\\d+) more like it within a second\\))?");

    private final FrameSerializer serializer = new FrameSerializer();
    private final byte[] picture = Samples.picture("glass");
    private final Map<String, String> reasonByPlace = new HashMap<>();
    private final List<String> goodFrames = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private Broker broker;
    private long sequence;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start();
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
    }

    /** A record that is no good frame, and the reason with which it is to be refused. */
    private record Poison(String reason, ProducerRecord<byte[], byte[]> message) {}

    /** A record on its way to the broker. */
    private record Sent(Future<RecordMetadata> place, @Nullable String reason) {}

    @Test
    void everyBadRecordIsSetAsideOnceAndEveryGoodFrameBetweenIsRouted() throws Exception {
        // Given
        TopicSetup.createMissing(kafka());
        try (var process = ClassifyProcess.startWithShippedLog(broker, List.of(LINE), folder)) {
            await().atMost(SOON).until(process::ready);
            var atStart = PrometheusText.series(process.get("/metrics"));

            // When
            for (String compression : COMPRESSIONS) {
                sendPoisonBetweenGoodFrames(compression);
            }
            await().atMost(SOON).until(() -> counted(process) >= goodFrames.size() + reasonByPlace.size());

            // Then
            assertThat(process.alive()).as(process.log()).isTrue();
            assertThat(process.get("/health/live")).startsWith("200");
            assertThat(countsByFate(process))
                    .isEqualTo(Map.of("routed", goodFrames.size(), "unreadable", reasonByPlace.size()));
            assertThat(countsByReason(process)).isEqualTo(expectedReasons());
            assertThat(routedFrames()).containsExactlyInAnyOrderElementsOf(goodFrames);
            assertThat(reasonsOfDeadLetters()).isEqualTo(reasonByPlace);
            await().atMost(SOON).until(() -> told(process.log()).equals(expectedReasons()));
            assertThatLogIsShort(process.log());
            assertThat(atStart.stream()
                            .filter(series -> series.name().startsWith("sortline_dead_letters"))
                            .map(series -> series.labels().get("reason")))
                    .containsAll(expectedReasons().keySet());
            assertThat(atStart)
                    .filteredOn(series -> series.name().matches("sortline_(frames|decisions|dead_letters).*_total"))
                    .hasSizeGreaterThan(20)
                    .allSatisfy(series -> assertThat(series.value()).isZero());
        }
    }

    @Test
    void refusalIsSetAsideWithoutTheBytesWhereTheTopicTakesTooLittle() throws Exception {
        // Given
        try (var admin = Admin.create(kafka())) {
            admin.createTopics(List.of(new NewTopic(Topic.DEAD_LETTERS.topicName(), 1, (short) 1)
                            .configs(Map.of("max.message.bytes", "100000"))))
                    .all()
                    .get();
        }
        TopicSetup.createMissing(kafka());
        try (var process = ClassifyProcess.startWithShippedLog(broker, List.of(LINE), folder);
                var producer = producer("none")) {
            await().atMost(SOON).until(process::ready);

            // When
            send(producer, new Poison("unknown-format", frame(headers -> {}, new byte[200_000])));
            send(producer, good());
            awaitSent();
            await().atMost(SOON).until(() -> counted(process) == 2);

            // Then
            await().atMost(SOON).until(() -> deadLetters().size() == 1);
            var letter = deadLetters().get(0);
            assertThat(DeadLetter.readFrom(letter.headers()).reason()).isEqualTo("unknown-format");
            assertThat(letter.value()).isNull();
            assertThat(letter.headers().lastHeader(DeadLetter.LEFT_OUT).value())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("value (200000 bytes)");
            assertThat(process.get("/metrics"))
                    .contains("sortline_unwritten_records_total{topic=\"sortline.frames.dlq\"} 1.0");
            assertThat(routedFrames()).isEqualTo(goodFrames);
            assertThatLogIsShort(process.log());
        }
    }

    private void sendPoisonBetweenGoodFrames(String compression) throws Exception {
        try (var producer = producer(compression)) {
            for (Poison poison : poisons(compression)) {
                send(producer, good());
                send(producer, poison);
            }
            for (int i = 0; i < 40; i++) {
                send(producer, new Poison("bad-envelope", record(LINE, "flood".getBytes(StandardCharsets.UTF_8))));
            }
            send(producer, good());
            awaitSent();
        }
    }

    private List<Poison> poisons(String compression) {
        byte[] half = Arrays.copyOf(picture, picture.length / 2);
        byte[] noImage = "no image".getBytes(StandardCharsets.UTF_8);
        List<Poison> poisons = new ArrayList<>(List.of(
                new Poison("bad-envelope", frame(set("ce_type", "x".repeat(3 << 20)), picture)),
                new Poison("bad-envelope", frame(set("ce_id", "i".repeat(1 << 20)), picture)),
                new Poison("bad-envelope", frame(set("ce_itemid", "i".repeat(1 << 20)), picture)),
                new Poison("bad-envelope", frame(set("ce_truth", "t".repeat(1 << 20)), picture)),
                new Poison("bad-envelope", frame(set("ce_source", "[".repeat(1 << 20)), picture)),
                new Poison("bad-envelope", frame(set("ce_id", null), picture)),
                new Poison("bad-envelope", frame(set("ce_sequence", "-1"), picture)),
                new Poison("bad-envelope", frame(set("ce_sequence", "9".repeat(1_000)), picture)),
                new Poison("bad-envelope", frame(set("ce_time", "2026-13-45T99:00:00Z"), picture)),
                new Poison("bad-envelope", frame(set("ce_time", "\u001B[2J\n\u202E"), picture)),
                new Poison("bad-envelope", frame(set("ce_lineid", "line-2"), picture)),
                new Poison("bad-envelope", frame(setBytes("ce_id", new byte[] {'a', (byte) 0xC3, '('}), picture)),
                new Poison("bad-envelope", frame(headers -> repeat(headers, "ce_type", "wrong"), picture)),
                new Poison("bad-envelope", frame(headers -> headers.remove("content-type"), picture)),
                new Poison("bad-envelope", frame(headers -> {}, null)),
                new Poison("bad-envelope", frame(headers -> {}, new byte[0])),
                new Poison("bad-envelope", record(LINE, noImage)),
                new Poison("bad-envelope", record(null, null)),
                new Poison("bad-envelope", record(LINE, null)),
                new Poison("bad-envelope", keyed(null)),
                new Poison("bad-envelope", keyed("k".repeat(3 << 20).getBytes(StandardCharsets.UTF_8))),
                new Poison("bad-envelope", keyed(new byte[] {(byte) 0xFF, (byte) 0xFE})),
                new Poison("bad-envelope", hugeHeaderName()),
                new Poison("capture-time", frame(set("ce_time", "0001-01-01T00:00:00Z"), picture)),
                new Poison("capture-time", frame(set("ce_time", "9999-12-31T23:59:59.999999999Z"), picture)),
                new Poison("unknown-line", ofLine("line-9")),
                new Poison("unknown-format", frame(headers -> {}, noImage)),
                new Poison("unknown-format", frame(set("content-type", "text/html"), noImage)),
                new Poison("corrupt", frame(headers -> {}, half))));
        if (compression.equals("none")) {
            ProducerRecord<byte[], byte[]> nearLimit = frame(headers -> {}, new byte[Topic.MAX_RECORD_BYTES - 700]);
            poisons.add(new Poison("too-many-bytes", nearLimit));
        } else {
            poisons.add(new Poison("too-many-bytes", frame(headers -> {}, new byte[Topic.MAX_RECORD_BYTES])));
            poisons.add(new Poison("too-many-bytes", frame(headers -> {}, new byte[16 << 20])));
        }
        return poisons;
    }

    /** A frame that is routed, though with what a good frame may carry too. */
    private ProducerRecord<byte[], byte[]> good() {
        long number = sequence + 1;
        return switch ((int) (number % 5)) {
            case 1 -> frame(headers -> headers.add("trace", null), picture);
            case 2 -> frame(headers -> repeat(headers, "trace", "again"), picture);
            case 3 -> frame(set("content-type", "text/html"), picture);
            default -> frame(headers -> {}, picture);
        };
    }

    private ProducerRecord<byte[], byte[]> frame(Consumer<Headers> change, byte @Nullable [] image) {
        var message = record(LINE, image);
        sequence++;
        var frame = new Frame(LINE, "camera-1", sequence, null, Instant.now(), null, "image/jpeg", null, picture);
        serializer.serialize(FRAMES, message.headers(), frame);
        change.accept(message.headers());
        return message;
    }

    private ProducerRecord<byte[], byte[]> ofLine(String line) {
        var message = record(line, picture);
        var frame = new Frame(line, "camera-1", ++sequence, null, Instant.now(), null, "image/jpeg", null, picture);
        serializer.serialize(FRAMES, message.headers(), frame);
        return message;
    }

    private ProducerRecord<byte[], byte[]> keyed(byte @Nullable [] key) {
        var frame = frame(headers -> {}, picture);
        return new ProducerRecord<>(FRAMES, partition(), key, frame.value(), frame.headers());
    }

    private ProducerRecord<byte[], byte[]> hugeHeaderName() {
        var message = record(LINE, picture);
        message.headers().add("n".repeat(1 << 20), new byte[0]);
        return message;
    }

    private static ProducerRecord<byte[], byte[]> record(@Nullable String key, byte @Nullable [] value) {
        return new ProducerRecord<>(
                FRAMES, partition(), key == null ? null : key.getBytes(StandardCharsets.UTF_8), value);
    }

    /** All in one, so that the bad ones stand between the good ones. */
    private static int partition() {
        return Topic.partitionOf(LINE, Topic.PARTITIONS);
    }

    private static Consumer<Headers> set(String header, @Nullable String value) {
        return setBytes(header, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    private static Consumer<Headers> setBytes(String header, byte @Nullable [] value) {
        return headers -> headers.remove(header).add(header, value);
    }

    private static void repeat(Headers headers, String header, String value) {
        for (int i = 0; i < 1_000; i++) {
            headers.add(header, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    private KafkaProducer<byte[], byte[]> producer(String compression) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "compression.type",
                        compression,
                        "max.request.size",
                        64 << 20,
                        "buffer.memory",
                        128L << 20,
                        "linger.ms",
                        20,
                        // So that good and bad ones are in one batch.
                        "batch.size",
                        4 << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> good) {
        sent.add(new Sent(producer.send(good), null));
        goodFrames.add(LINE + "/camera-1/" + sequence);
    }

    private void send(KafkaProducer<byte[], byte[]> producer, Poison poison) {
        sent.add(new Sent(producer.send(poison.message()), poison.reason()));
    }

    private void awaitSent() throws Exception {
        for (Sent each : sent) {
            RecordMetadata place = each.place().get();
            if (each.reason() != null) {
                reasonByPlace.put(place.partition() + "@" + place.offset(), each.reason());
            }
        }
        sent.clear();
    }

    private Map<String, Integer> expectedReasons() {
        Map<String, Integer> expected = new TreeMap<>();
        reasonByPlace.values().forEach(reason -> expected.merge(reason, 1, Integer::sum));
        return expected;
    }

    private static int counted(ClassifyProcess process) {
        return countsByFate(process).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private static Map<String, Integer> countsByFate(ClassifyProcess process) {
        return counts(process, "sortline_frames_total", "fate");
    }

    private static Map<String, Integer> countsByReason(ClassifyProcess process) {
        return counts(process, "sortline_dead_letters_total", "reason");
    }

    private static Map<String, Integer> counts(ClassifyProcess process, String name, String label) {
        Map<String, Integer> counts = new TreeMap<>();
        PrometheusText.series(process.get("/metrics")).stream()
                .filter(series -> series.name().equals(name) && series.value() > 0)
                .forEach(series -> counts.merge(series.labels().get(label), (int) series.value(), Integer::sum));
        return counts;
    }

    private List<String> routedFrames() throws Exception {
        try (var log = new TopicLog<>(broker, Topic.ACTUATIONS.topicName(), new RoutingEventSerde().deserializer())) {
            awaitAll(log, Topic.ACTUATIONS);
            return log.values().stream()
                    .filter(event -> event.decision() != Decision.UNREADABLE)
                    .map(RoutingEvent::frameIds)
                    .flatMap(List::stream)
                    .toList();
        }
    }

    private Map<String, String> reasonsOfDeadLetters() throws Exception {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (var record : deadLetters()) {
            var letter = DeadLetter.readFrom(record.headers());
            String twice = reasons.put(letter.partition() + "@" + letter.offset(), letter.reason());
            assertThat(twice).as(letter.toString()).isNull();
        }
        return reasons;
    }

    private List<ConsumerRecord<String, byte[]>> deadLetters() throws Exception {
        try (var log = new TopicLog<>(broker, Topic.DEAD_LETTERS.topicName(), new ByteArrayDeserializer())) {
            awaitAll(log, Topic.DEAD_LETTERS);
            return log.records();
        }
    }

    private void awaitAll(TopicLog<?> log, Topic topic) throws Exception {
        try (var admin = Admin.create(kafka())) {
            int partitions = admin.describeTopics(List.of(topic.topicName()))
                    .allTopicNames()
                    .get()
                    .get(topic.topicName())
                    .partitions()
                    .size();
            Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, partitions)
                    .boxed()
                    .collect(Collectors.toMap(
                            partition -> new TopicPartition(topic.topicName(), partition),
                            partition -> OffsetSpec.latest()));
            long records = admin.listOffsets(latest).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
            await().atMost(SOON).until(() -> log.records().size() == records);
        }
    }

    private static void assertThatLogIsShort(String log) {
        assertThat(log.lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(MOST_CHARACTERS_OF_A_LINE));
        assertThat(log).doesNotContain("\tat ", "\u001B", "\u202E");
        refusals(log).forEach((reason, told) -> {
            for (int i = 1; i < told.size(); i++) {
                // A logger's time is in whole milliseconds.
                assertThat(Duration.between(at(told.get(i - 1)), at(told.get(i))))
                        .as(reason)
                        .isGreaterThan(Duration.ofMillis(990));
            }
        });
    }

    /** How many refusals the log tells of, by reason, with those that it says were held back. */
    private static Map<String, Integer> told(String log) {
        Map<String, Integer> told = new TreeMap<>();
        refusals(log)
                .forEach((reason, refusals) -> told.put(
                        reason,
                        refusals.stream()
                                .mapToInt(refusal ->
                                        1 + (refusal.group(3) == null ? 0 : Integer.parseInt(refusal.group(3))))
                                .sum()));
        return told;
    }

    private static Map<String, List<Matcher>> refusals(String log) {
        return log.lines()
                .map(REFUSAL::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.groupingBy(refusal -> refusal.group(2)));
    }

    private static Instant at(Matcher refusal) {
        return OffsetDateTime.parse(refusal.group(1)).toInstant();
    }

    private Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }
}
