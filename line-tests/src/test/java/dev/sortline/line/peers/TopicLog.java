// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import dev.sortline.contract.EventType;
import dev.sortline.loopback.Broker;
import dev.sortline.loopback.TopicReader;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/** Everything that a topic has held since its beginning, as a plain consumer reads it. */
public final class TopicLog<V> implements AutoCloseable {
    private final List<ConsumerRecord<String, V>> records = new CopyOnWriteArrayList<>();
    private final TopicReader<V> reader;

    public TopicLog(Broker broker, String topic, Deserializer<V> values) {
        this(broker, topic, values, record -> true);
    }

    private TopicLog(Broker broker, String topic, Deserializer<V> values, Predicate<ConsumerRecord<String, V>> counts) {
        reader = TopicReader.fromItsBeginning(broker.clientProperties(), topic, values, (message, readAt) -> {
            if (counts.test(message)) {
                records.add(message);
            }
        });
    }

    /** Those of its records that are of a CloudEvents type. */
    public static <V> TopicLog<V> ofType(String type, Broker broker, String topic, Deserializer<V> values) {
        return new TopicLog<>(broker, topic, new OfType<>(type, values), record -> record.value() != null);
    }

    /** Gives nothing for records of other types. */
    private record OfType<V>(String type, Deserializer<V> values) implements Deserializer<V> {
        @Override
        public V deserialize(String topic, byte[] data) {
            throw new UnsupportedOperationException("the type stands in the record's headers");
        }

        @Override
        public V deserialize(String topic, Headers headers, byte[] data) {
            return EventType.is(type, headers) ? values.deserialize(topic, headers, data) : null;
        }
    }

    public List<ConsumerRecord<String, V>> records() {
        return List.copyOf(records);
    }

    public List<V> values() {
        return records.stream().map(ConsumerRecord::value).toList();
    }

    @Override
    public void close() {
        reader.close();
    }
}
