// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.mqtt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperty;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishBuilder;
import dev.sortline.contract.CameraStatus;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.gateway.firing.Announcement;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.rules.EventFate;
import dev.sortline.gateway.rules.Shot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** What is published, under which topic, as docs/plc.md has it: JSON, at least once. Belongs to one thread. */
final class MqttMessages {
    private static final long EXPIRES_AFTER_SECONDS = 1;
    /** How long it stays known that a gateway is gone: each has an id of its own, and they are not to heap up. */
    private static final long GONE_FOR_SECONDS = 24 * 60 * 60;

    private static final String CLOUD_EVENT = "ce_";
    private static final String JSON = "application/json";

    private final String clientId;
    private final Serializer<RoutingEvent> events = new RoutingEventSerde().serializer();
    private final ObjectMapper json = new ObjectMapper();

    /** What is told of a line. */
    private record LineState(
            String lineId, boolean alive, boolean dryRun, long beat, long fired, List<CameraStatus> cameras) {}

    /** What is told of this gateway. */
    private record GatewayState(boolean online) {}

    /** @param clientId what this gateway calls itself at the broker */
    MqttMessages(String clientId) {
        this.clientId = clientId;
    }

    /** Whether this gateway is there; the broker keeps it. */
    Mqtt5Publish gatewayState(boolean online) throws IOException {
        var message = state("sortline/gateways/" + clientId + "/state", new GatewayState(online));
        return online
                ? message.build()
                : message.messageExpiryInterval(GONE_FOR_SECONDS).build();
    }

    /** How a line stands; the broker keeps it. */
    Mqtt5Publish lineState(LineStatus status) throws IOException {
        var state = new LineState(
                status.lineId(),
                status.alive(),
                status.dryRun(),
                status.beat(),
                status.fates().getOrDefault(EventFate.FIRED, 0L),
                status.cameras());
        return state("sortline/" + status.lineId() + "/state", state).build();
    }

    private Mqtt5PublishBuilder.Complete state(String topic, Record state) throws IOException {
        return Mqtt5Publish.builder()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(true)
                .contentType(JSON)
                .payload(bytes(state));
    }

    /** A shot whose time has come. */
    Mqtt5Publish actuation(Shot shot) throws IOException {
        return message("actuations", shot.event(), shot, number(shot));
    }

    /** An item ahead of its time: with the number of its shot, or why there is none. */
    Mqtt5Publish announcement(Announcement announcement) throws IOException {
        EventFate fate = announcement.fate();
        Shot shot = announcement.shot();
        var property = shot != null ? number(shot) : Mqtt5UserProperty.of("fate", fate == null ? "" : fate.word());
        return message("announcements", announcement.event(), shot, property);
    }

    private static Mqtt5UserProperty number(Shot shot) {
        return Mqtt5UserProperty.of("number", Long.toString(shot.number()));
    }

    /** The event as it is on Kafka, JSON, with its CloudEvents attributes beside it; and of a shot its number and its end. */
    private Mqtt5Publish message(String kind, RoutingEvent event, @Nullable Shot shot, Mqtt5UserProperty property)
            throws IOException {
        var headers = new RecordHeaders();
        byte[] payload = events.serialize("", headers, event);
        if (shot != null) {
            ObjectNode told = json.readValue(payload, ObjectNode.class);
            told.put("number", shot.number());
            told.put("notAfter", shot.notAfter().toString());
            payload = bytes(told);
        }
        List<Mqtt5UserProperty> properties = new ArrayList<>();
        properties.add(property);
        headers.forEach(header -> {
            if (header.key().startsWith(CLOUD_EVENT)) {
                properties.add(Mqtt5UserProperty.of(
                        header.key().substring(CLOUD_EVENT.length()),
                        new String(header.value(), StandardCharsets.UTF_8)));
            }
        });
        return Mqtt5Publish.builder()
                .topic("sortline/" + event.lineId() + "/" + kind)
                .qos(MqttQos.AT_LEAST_ONCE)
                .messageExpiryInterval(EXPIRES_AFTER_SECONDS)
                .contentType(JSON)
                .userProperties(Mqtt5UserProperties.of(properties))
                .payload(payload)
                .build();
    }

    private byte[] bytes(Object value) throws JsonProcessingException {
        return json.writeValueAsBytes(value);
    }
}
