// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.reading;

import dev.sortline.contract.Heartbeat;
import dev.sortline.contract.HeartbeatSerde;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as they lie in the topics that the gateway reads, with any value. */
final class Records {
    private Records() {}

    static ConsumerRecord<String, byte[]> of(RoutingEvent event) {
        var headers = new RecordHeaders();
        byte[] json = new RoutingEventSerde().serializer().serialize("", headers, event);
        return of(Topic.ACTUATIONS, event.lineId(), headers, json);
    }

    static ConsumerRecord<String, byte[]> of(Heartbeat heartbeat) {
        var headers = new RecordHeaders();
        byte[] json = new HeartbeatSerde().serializer().serialize("", headers, heartbeat);
        return of(Topic.HEARTBEATS, heartbeat.lineId(), headers, json);
    }

    static ConsumerRecord<String, byte[]> of(Topic topic, String key, Headers headers, byte[] value) {
        return new ConsumerRecord<>(
                topic.topicName(), 0, 7, 0, TimestampType.CREATE_TIME, 0, 0, key, value, headers, Optional.empty());
    }

    /** The same with another text in the place of one in its value. */
    static ConsumerRecord<String, byte[]> with(ConsumerRecord<String, byte[]> record, String pattern, String other) {
        String json = new String(record.value(), StandardCharsets.UTF_8);
        String changed = json.replaceFirst(pattern, other);
        return of(
                Topic.ACTUATIONS.topicName().equals(record.topic()) ? Topic.ACTUATIONS : Topic.HEARTBEATS,
                record.key(),
                record.headers(),
                changed.getBytes(StandardCharsets.UTF_8));
    }
}
