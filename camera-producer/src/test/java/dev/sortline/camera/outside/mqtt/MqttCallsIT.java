// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.sortline.camera.outside.CallSource;
import dev.sortline.camera.outside.Listening;
import dev.sortline.camera.outside.RecordingSink;
import dev.sortline.camera.trigger.OutsideCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against HiveMQ in this JVM. */
@Timeout(120)
class MqttCallsIT {
    /** The broker is there for all tests, so each has topics of its own. */
    private static final AtomicInteger TOPICS = new AtomicInteger();

    private final String topic = "line-1/camera-" + TOPICS.incrementAndGet() + "/trigger";
    private final String ackTopic = topic + "/ack";
    private final RecordingSink sink = new RecordingSink();
    private final List<String> answers = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    private Mqtt5BlockingClient plc;

    @BeforeEach
    void connectController() {
        plc = Mqtt5Client.builder()
                .serverHost("127.0.0.1")
                .serverPort(MqttBroker.running().port())
                .simpleAuth()
                .username(MqttBroker.USER)
                .password(MqttBroker.PASSWORD.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildBlocking();
        plc.connect();
        plc.toAsync()
                .subscribeWith()
                .topicFilter(topic + "/#")
                .callback(this::heard)
                .send()
                .join();
    }

    @AfterEach
    void disconnectController() {
        plc.disconnect();
    }

    @Test
    void messageIsACallAndItsAnswerGoesToTheAckTopic() throws Exception {
        try (var unused = Listening.to(source(ackTopic, MqttBroker.PASSWORD), sink)) {
            // When
            publish("{\"itemId\":\"a\",\"encoder\":5120,\"at\":\"2026-03-01T10:00:00Z\"}");

            // Then
            await().until(() -> answers.size() == 1);
            assertThat(sink.calls).containsExactly(new OutsideCall("a", 5_120L, Instant.parse("2026-03-01T10:00:00Z")));
            assertThat(answers.get(0))
                    .isEqualTo(ackTopic + " {\"itemId\":\"a\",\"fate\":\"taken\","
                            + "\"capturedAt\":\"2026-03-01T10:00:00.250Z\",\"line\":\"so it is\"} -");
        }
    }

    @Test
    void responseTopicOfTheMessageGoesBeforeTheAckTopic() throws Exception {
        try (var unused = Listening.to(source(ackTopic, MqttBroker.PASSWORD), sink)) {
            // When
            plc.publishWith()
                    .topic(topic)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .responseTopic(topic + "/mine")
                    .correlationData("77".getBytes(StandardCharsets.UTF_8))
                    .payload("{\"itemId\":5}".getBytes(StandardCharsets.UTF_8))
                    .send();

            // Then
            await().until(() -> answers.size() == 1);
            assertThat(answers.get(0))
                    .startsWith(topic + "/mine {\"itemId\":\"5\"")
                    .endsWith(" 77");
        }
    }

    @Test
    void messageThatIsNoCallIsToldAndAnswered() throws Exception {
        try (var unused = Listening.to(source(ackTopic, MqttBroker.PASSWORD), sink)) {
            // When
            publish("go!");

            // Then
            await().until(() -> answers.size() == 1);
            assertThat(sink.calls).isEmpty();
            assertThat(sink.unreadable).singleElement().asString().contains(topic, "it is no JSON");
            assertThat(answers.get(0)).contains("\"fate\":\"refused\"", "it is no JSON");
        }
    }

    @Test
    void retainedMessageIsNoCall() throws Exception {
        // Given
        plc.publishWith()
                .topic(topic)
                .retain(true)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload("{\"itemId\":\"of-yesterday\"}".getBytes(StandardCharsets.UTF_8))
                .send();

        // When
        try (var unused = Listening.to(source(null, MqttBroker.PASSWORD), sink)) {
            // Then
            await().until(() -> sink.unreadable.size() == 1);
            assertThat(sink.unreadable.get(0))
                    .isEqualTo("topic " + topic + ": it is retained by the broker: publish triggers without retain");
            assertThat(sink.calls).isEmpty();
        }
    }

    @Test
    void brokerThatEndsTheConnectionIsTold() throws Exception {
        // Given
        var source = new MqttCalls(settings(null, MqttBroker.PASSWORD), "taken-over");
        try (var listening = Listening.to(source, sink)) {
            // When
            var other = Mqtt5Client.builder()
                    .identifier("taken-over")
                    .serverHost("127.0.0.1")
                    .serverPort(MqttBroker.running().port())
                    .simpleAuth()
                    .username(MqttBroker.USER)
                    .password(MqttBroker.PASSWORD.getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth()
                    .buildBlocking();
            other.connect();

            // Then
            assertThat(listening.ended.get(60, TimeUnit.SECONDS))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(
                            "MQTT broker at 127.0.0.1:" + MqttBroker.running().port() + ": ");
            other.disconnect();
        }
    }

    @Test
    void wrongPasswordIsToldWithoutIt() throws Exception {
        // Given
        CallSource source = source(null, "mistaken");

        // When
        var listening = assertThatThrownBy(() -> source.listen(sink));

        // Then
        listening
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("MQTT broker at 127.0.0.1:")
                .hasMessageContaining("NOT_AUTHORIZED")
                .hasMessageNotContaining("mistaken");
    }

    @Test
    void interruptEndsIt() throws Exception {
        // Given
        var listening = Listening.to(source(null, MqttBroker.PASSWORD), sink);

        // When
        listening.close();

        // Then
        assertThat(listening.ended.join()).isInstanceOf(InterruptedException.class);
    }

    private void publish(String message) {
        plc.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(message.getBytes(StandardCharsets.UTF_8))
                .send();
    }

    private void heard(Mqtt5Publish message) {
        if (!message.getTopic().toString().equals(topic)) {
            String correlation = message.getCorrelationData()
                    .map(data -> StandardCharsets.UTF_8.decode(data).toString())
                    .orElse("-");
            answers.add(message.getTopic() + " " + new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8) + " "
                    + correlation);
        }
    }

    private CallSource source(@Nullable String ack, String password) throws IOException {
        return settings(ack, password).open("line-1/camera-1", InstantSource.system());
    }

    private MqttCallSettings settings(@Nullable String ack, String password) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), password + "\n");
        return new MqttCallSettings("127.0.0.1", MqttBroker.running().port(), MqttBroker.USER, file, null, topic, ack);
    }
}
