// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A controller or a display behind an MQTT broker: subscribes, and remembers what comes, a line a message. */
final class MqttListener implements AutoCloseable {
    private final Mqtt5AsyncClient client;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    MqttListener(int port, String topic) {
        client = Mqtt5Client.builder().serverHost("127.0.0.1").serverPort(port).buildAsync();
        client.connect().join();
        client.subscribeWith()
                .topicFilter(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(message -> lines.add(line(message)))
                .send()
                .join();
    }

    /** Each as topic, payload, user properties by name and value, and how it was sent. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    void awaitLine(String start) {
        await().untilAsserted(() ->
                assertThat(lines()).anySatisfy(line -> assertThat(line).startsWith(start)));
    }

    private static String line(Mqtt5Publish message) {
        String properties = message.getUserProperties().asList().stream()
                .map(property -> property.getName() + ":" + property.getValue())
                .collect(Collectors.joining(" "));
        return message.getTopic() + " " + new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8) + " "
                + properties + " qos=" + message.getQos().getCode() + " retain=" + (message.isRetain() ? 1 : 0)
                + " expires=" + message.getMessageExpiryInterval().orElse(-1);
    }

    @Override
    public void close() {
        client.disconnect().join();
    }
}
