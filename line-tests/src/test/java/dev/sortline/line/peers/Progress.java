// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import dev.sortline.contract.Topic;
import dev.sortline.loopback.Broker;
import dev.sortline.stream.StreamSettings;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far classifiers and gateways have come, as they told the cluster. */
public final class Progress implements AutoCloseable {
    private static final String GATEWAYS = "sortline-gateway";

    private final Admin admin;

    public Progress(Broker broker) {
        admin = Admin.create(broker.clientProperties());
    }

    /** Frames that have their fate. */
    public long classified() throws Exception {
        return offsets(StreamSettings.APPLICATION_ID, Topic.FRAMES).stream()
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    /** Routing events that have their fate. */
    public long settled() throws Exception {
        return offsets(GATEWAYS, Topic.ACTUATIONS).stream()
                .mapToLong(position -> position.offset()
                        // Beyond it, those whose ejectors were nearer.
                        + BitSet.valueOf(Base64.getDecoder().decode(position.metadata()))
                                .cardinality())
                .sum();
    }

    /** Records of a topic. */
    public long end(Topic topic) throws Exception {
        var ends = IntStream.range(0, Topic.PARTITIONS)
                .boxed()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(topic.topicName(), partition),
                        partition -> OffsetSpec.latest()));
        return admin.listOffsets(ends).all().get().values().stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    private List<OffsetAndMetadata> offsets(String group, Topic topic) throws Exception {
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .filter(position -> position.getKey().topic().equals(topic.topicName()))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public void close() {
        admin.close();
    }
}
