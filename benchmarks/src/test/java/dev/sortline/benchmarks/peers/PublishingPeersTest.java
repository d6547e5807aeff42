// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sortline.benchmarks.line.AnswerReader;
import dev.sortline.benchmarks.line.BeltPictures;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.contract.Topic;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.loopback.LocalProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That the peers that publish answer each frame as the model does, on a real broker. */
@Timeout(240)
class PublishingPeersTest {
    private static final ModelPackage MODEL = ModelPackage.load(Path.of("../models/waste-mobilenet-v2"));
    private static final Path PICTURES = Path.of("../samples/belt");
    private static final int FRAMES = 40;
    /** Decoders round differently, and a picture may lie between two labels. */
    private static final int OTHER_LABELS = 2;

    private static final TopicPartition ANSWERS = new TopicPartition(AnswerReader.TOPIC, 0);
    private static final Map<String, String> EXPECTED = new HashMap<>();
    private static EmbeddedBroker broker;

    @TempDir
    private Path folder;

    @BeforeAll
    static void publishFrames() throws Exception {
        broker = EmbeddedBroker.start();
        try (Admin admin = Admin.create(broker.clientProperties())) {
            admin.createTopics(List.of(
                            new NewTopic(Topic.FRAMES.topicName(), 2, (short) 1),
                            new NewTopic(AnswerReader.TOPIC, 1, (short) 1)))
                    .all()
                    .get();
        }
        List<byte[]> pictures = BeltPictures.of(PICTURES).files().subList(0, FRAMES);
        try (var producer =
                new KafkaProducer<>(broker.clientProperties(), new StringSerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < FRAMES; i++) {
                var frame = new ProducerRecord<>(Topic.FRAMES.topicName(), "line-" + i % 2, pictures.get(i));
                frame.headers().add("ce_id", id(i).getBytes(StandardCharsets.UTF_8));
                var unused = producer.send(frame);
            }
        }
        expect(pictures);
    }

    private static void expect(List<byte[]> pictures) throws Exception {
        int size = MODEL.manifest().inputSize();
        FloatBuffer pixels = ByteBuffer.allocateDirect(FRAMES * 3 * size * size * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        var reader = new ImageIoReader(size, MODEL.manifest().scaling());
        for (byte[] picture : pictures) {
            reader.read(picture, pixels);
        }
        try (var network = new OnnxNetwork(MODEL, ModelPackage.ONNX_FILE, 1)) {
            float[][] rows = network.scores(pixels.flip(), FRAMES);
            for (int i = 0; i < FRAMES; i++) {
                int best = 0;
                for (int label = 1; label < rows[i].length; label++) {
                    best = rows[i][label] > rows[i][best] ? label : best;
                }
                EXPECTED.put(id(i), MODEL.labels().get(best));
            }
        }
    }

    @AfterAll
    static void stop() throws IOException {
        broker.close();
    }

    @Test
    void onnxRuntimeWithOpenCvPublishesAnAnswerAFrame() throws Exception {
        // Given
        long before = end();
        PeerOrder order = PeerOrder.of(arguments("int8", "2", "1", "4").toArray(String[]::new));

        // When
        PeerSpeed speed = OnnxOpenCvConsumer.run(order);

        // Then
        assertThat(speed.setup()).containsExactly("int8", "2", "1", "4");
        assertThat(speed.decoder()).startsWith("OpenCV 4");
        assertAnswers(before, speed);
    }

    @Test
    void networkBehindASocketPublishesAnAnswerAFrame() throws Exception {
        // Given
        long before = end();
        PeerOrder order = PeerOrder.of(arguments("float32", "2", "0", "8").toArray(String[]::new));

        // When
        PeerSpeed speed = ServedNetworkConsumer.run(order, folder);

        // Then
        assertAnswers(before, speed);
    }

    @Test
    void pythonPublishesAnAnswerAFrame() throws Exception {
        // Given
        String python = System.getenv("SORTLINE_PEER_PYTHON");
        assumeTrue(
                python != null,
                "SORTLINE_PEER_PYTHON names no Python with confluent-kafka, opencv-python-headless and onnxruntime");
        long before = end();
        List<String> command = new ArrayList<>(PythonConsumer.command(Path.of(python), folder));
        command.addAll(arguments());

        // When
        String output;
        try (var process = new LocalProcess("python", folder, command, Map.of())) {
            output = process.outputAtEnd(Duration.ofMinutes(2));
        }

        // Then
        assertAnswers(before, new JsonMapper().readValue(output, PeerSpeed.class));
    }

    private static List<String> arguments(String... setup) {
        var arguments = new ArrayList<>(List.of(
                broker.bootstrapServers(),
                MODEL.folder().toString(),
                PICTURES.toString(),
                "8",
                "10",
                String.valueOf(FRAMES)));
        arguments.addAll(List.of(setup));
        return arguments;
    }

    private static void assertAnswers(long before, PeerSpeed speed) throws Exception {
        long items = EXPECTED.values().stream()
                .filter(label -> !label.equals(ModelPackage.EMPTY_LABEL))
                .count();
        Map<String, String> answers = answersSince(before);
        assertThat(speed.framesPerSecond()).isPositive();
        assertThat(speed.events()).isEqualTo(answers.size()).isBetween(items - OTHER_LABELS, items + OTHER_LABELS);
        assertThat(answers.entrySet())
                .filteredOn(answer -> !answer.getValue().equals(EXPECTED.get(answer.getKey())))
                .hasSizeLessThanOrEqualTo(OTHER_LABELS);
    }

    private static Map<String, String> answersSince(long offset) throws Exception {
        Map<String, String> answers = new HashMap<>();
        try (var consumer = answers()) {
            long end = consumer.endOffsets(List.of(ANSWERS)).get(ANSWERS);
            consumer.seek(ANSWERS, offset);
            while (consumer.position(ANSWERS) < end) {
                for (var answer : consumer.poll(Duration.ofSeconds(1))) {
                    JsonNode json = new JsonMapper().readTree(answer.value());
                    answers.put(json.get("frame").asText(), json.get("label").asText());
                }
            }
        }
        return answers;
    }

    private static long end() {
        try (var consumer = answers()) {
            return consumer.endOffsets(List.of(ANSWERS)).get(ANSWERS);
        }
    }

    private static KafkaConsumer<String, byte[]> answers() {
        var consumer =
                new KafkaConsumer<>(broker.clientProperties(), new StringDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(ANSWERS));
        return consumer;
    }

    private static String id(int frame) {
        return "line/camera/" + frame;
    }
}
