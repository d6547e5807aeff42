// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import dev.sortline.loopback.Broker;
import dev.sortline.loopback.TopicReader;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Everything that a topic has held since its beginning, as a plain consumer reads it. */
public final class TopicLog<V> implements AutoCloseable {
    private final List<ConsumerRecord<String, V>> records = new CopyOnWriteArrayList<>();
    private final TopicReader<V> reader;

    public TopicLog(Broker broker, String topic, Deserializer<V> values) {
        reader = TopicReader.fromItsBeginning(
                broker.clientProperties(), topic, values, (message, readAt) -> records.add(message));
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
