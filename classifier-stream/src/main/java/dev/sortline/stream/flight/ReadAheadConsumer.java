// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.flight;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer that begins the work on what it reads, and returns records when it is done ({@link ReadAhead}). */
final class ReadAheadConsumer<F extends Flight> extends KafkaConsumer<byte[], byte[]> {
    private final ReadAhead<F> ahead;

    ReadAheadConsumer(Map<String, Object> config, Flights<F> flights) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        ahead = new ReadAhead<>(flights, new Behind(), System::nanoTime);
    }

    /** The consumer as it is without reading ahead. */
    private final class Behind implements ReadAhead.Source {
        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            return ReadAheadConsumer.super.poll(timeout);
        }

        @Override
        public void pause(Collection<TopicPartition> partitions) {
            ReadAheadConsumer.super.pause(partitions);
        }

        @Override
        public void resume(Collection<TopicPartition> partitions) {
            ReadAheadConsumer.super.resume(partitions);
        }
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        return ahead.poll(timeout);
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                listener.onPartitionsAssigned(partitions);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                // The stream asks for positions and commits, so these are let go after it.
                try {
                    listener.onPartitionsRevoked(partitions);
                } finally {
                    ahead.lose(partitions);
                }
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                try {
                    listener.onPartitionsLost(partitions);
                } finally {
                    ahead.lose(partitions);
                }
            }
        });
    }

    @Override
    public void unsubscribe() {
        super.unsubscribe();
        ahead.loseAll();
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        ahead.abandon(Set.of(partition));
        super.seek(partition, offset);
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        ahead.abandon(Set.of(partition));
        super.seek(partition, offset);
    }

    @Override
    public void seekToBeginning(Collection<TopicPartition> partitions) {
        ahead.abandon(partitions);
        super.seekToBeginning(partitions);
    }

    @Override
    public void seekToEnd(Collection<TopicPartition> partitions) {
        ahead.abandon(partitions);
        super.seekToEnd(partitions);
    }

    /** Of the first record that no poll has returned. */
    @Override
    public long position(TopicPartition partition) {
        OptionalLong ofNext = ahead.position(partition);
        return ofNext.isPresent() ? ofNext.getAsLong() : super.position(partition);
    }

    @Override
    public long position(TopicPartition partition, Duration timeout) {
        OptionalLong ofNext = ahead.position(partition);
        return ofNext.isPresent() ? ofNext.getAsLong() : super.position(partition, timeout);
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        ahead.pause(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        ahead.resume(partitions);
    }

    @Override
    public void close() {
        ahead.close();
        super.close();
    }

    @Override
    public void close(CloseOptions options) {
        ahead.close();
        super.close(options);
    }
}
