// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import dev.sortline.loopback.Broker;
import dev.sortline.loopback.TopicReader;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Everything that a topic has held since its beginning, as a plain consumer reads it. */
final class TopicLog<V> implements AutoCloseable {
    private final List<ConsumerRecord<String, V>> records = new CopyOnWriteArrayList<>();
    private final TopicReader<V> reader;

    TopicLog(Broker broker, String topic, Deserializer<V> values) {
        reader = TopicReader.fromItsBeginning(
                broker.clientProperties(), topic, values, (message, readAt) -> records.add(message));
    }

    List<ConsumerRecord<String, V>> records() {
        return List.copyOf(records);
    }

    List<V> values() {
        return records.stream().map(ConsumerRecord::value).toList();
    }

    @Override
    public void close() {
        reader.close();
    }
}
