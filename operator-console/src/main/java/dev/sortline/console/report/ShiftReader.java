// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.report;

import dev.sortline.console.figures.ShiftReport;
import dev.sortline.contract.BadEnvelopeException;
import dev.sortline.contract.ClientProperties;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.sorting.SortingPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads a shift's events from the topic of events, each time anew and without a group: nobody else notices. What cannot be read as an event is
 * passed over. Safe for use by several threads; each call has a client of its own.
 */
public final class ShiftReader {
    /** Records bear the time of their frame, which is kept so long before it is decided at the latest. */
    private static final Duration FRAMES_ARE_KEPT = Duration.ofMinutes(10);

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> kafka;
    private final InstantSource clock;
    private final Duration within;

    /**
     * @param kafka client properties, at least {@code bootstrap.servers}
     * @param clock says what of a shift is still to come
     * @param within how long a report may take
     */
    public ShiftReader(Map<String, Object> kafka, InstantSource clock, Duration within) {
        this.kafka = consumerProperties(kafka);
        this.clock = clock;
        this.within = within;
    }

    private static Map<String, Object> consumerProperties(Map<String, Object> kafka) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000);
        properties.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, -1);
        properties.putAll(ClientProperties.CONSUMER.of(kafka));
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // What is deleted while it is read is passed over.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return properties;
    }

    /**
     * Reads a shift. Blocks until it is read.
     *
     * @param from when it begins
     * @param to when it ends; after {@code from}
     * @param plans the plan of each line that is to be told
     * @throws TooManyEventsException when it takes longer than it may
     * @throws KafkaException when the cluster does not answer
     */
    public Report read(Instant from, Instant to, Map<String, SortingPlan> plans) throws TooManyEventsException {
        var report = new ShiftReport(from, to, plans);
        try (var consumer = new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(consumer);
            Set<TopicPartition> cutShort = cutShort(consumer, partitions, from);
            Map<TopicPartition, Long> ends = seek(consumer, partitions, from.minus(FRAMES_ARE_KEPT));
            new Reading(consumer, report, to.plus(FRAMES_ARE_KEPT), ends).run();
            Set<String> lines = plans.keySet().stream()
                    .filter(line -> cutShort.contains(new TopicPartition(
                            Topic.ACTUATIONS.topicName(), Topic.partitionOf(line, partitions.size()))))
                    .collect(Collectors.toSet());
            return new Report(from, to, lines.isEmpty(), report.lines(clock.instant(), lines));
        }
    }

    private static List<TopicPartition> partitions(Consumer<?, ?> consumer) {
        var found = consumer.partitionsFor(Topic.ACTUATIONS.topicName(), ANSWER_WITHIN);
        if (found == null || found.isEmpty()) {
            throw new KafkaException("there is no topic " + Topic.ACTUATIONS.topicName());
        }
        return found.stream()
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList();
    }

    /** The partitions that have lost records, and whose first one left is not from before the shift: others of it may have been there. */
    private static Set<TopicPartition> cutShort(
            Consumer<?, ?> consumer, List<TopicPartition> partitions, Instant from) {
        var begins = consumer.beginningOffsets(partitions, ANSWER_WITHIN);
        var ends = consumer.endOffsets(partitions, ANSWER_WITHIN);
        var ofShift = consumer.offsetsForTimes(all(partitions, from), ANSWER_WITHIN);
        // Where nothing is left at all, a line may have gone long ago; somewhere else something is left then.
        boolean nothingLeft = begins.equals(ends);
        Set<TopicPartition> cutShort = new HashSet<>();
        for (TopicPartition partition : partitions) {
            long begin = begins.getOrDefault(partition, 0L);
            var first = ofShift.get(partition);
            boolean reachesBack = first == null ? !nothingLeft : first.offset() > begin;
            if (begin > 0 && !reachesBack) {
                cutShort.add(partition);
            }
        }
        return cutShort;
    }

    /** Goes to the first record of a time in each partition that has one, and says where these end now. */
    private static Map<TopicPartition, Long> seek(
            Consumer<?, ?> consumer, List<TopicPartition> partitions, Instant first) {
        var begins = consumer.offsetsForTimes(all(partitions, first), ANSWER_WITHIN);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        begins.forEach((partition, begin) -> {
            if (begin != null) {
                offsets.put(partition, begin.offset());
            }
        });
        consumer.assign(offsets.keySet());
        offsets.forEach(consumer::seek);
        return consumer.endOffsets(offsets.keySet(), ANSWER_WITHIN);
    }

    private static Map<TopicPartition, Long> all(List<TopicPartition> partitions, Instant time) {
        return partitions.stream().collect(Collectors.toMap(each -> each, each -> Math.max(0, time.toEpochMilli())));
    }

    private final class Reading {
        private final Consumer<byte[], byte[]> consumer;
        private final ShiftReport report;
        private final Instant last;
        private final Map<TopicPartition, Long> ends;
        private final Set<TopicPartition> left;
        private final Deserializer<RoutingEvent> events = new RoutingEventSerde().deserializer();
        private final Instant begun = clock.instant();
        private Instant lastRecord = begun;
        private long read;

        /** @param last what was decided after it is not of the shift, and nothing that follows it */
        Reading(Consumer<byte[], byte[]> consumer, ShiftReport report, Instant last, Map<TopicPartition, Long> ends) {
            this.consumer = consumer;
            this.report = report;
            this.last = last;
            this.ends = ends;
            left = new HashSet<>(ends.keySet());
        }

        void run() throws TooManyEventsException {
            finishThoseAtTheirEnd();
            while (!left.isEmpty()) {
                take(consumer.poll(POLL));
                finishThoseAtTheirEnd();
            }
        }

        private void take(ConsumerRecords<byte[], byte[]> records) throws TooManyEventsException {
            Instant now = clock.instant();
            if (!records.isEmpty()) {
                lastRecord = now;
            } else if (Duration.between(lastRecord, now).compareTo(ANSWER_WITHIN) > 0) {
                throw new TimeoutException("no event came for " + ANSWER_WITHIN.toSeconds() + " s");
            }
            for (TopicPartition partition : records.partitions()) {
                for (ConsumerRecord<byte[], byte[]> message : records.records(partition)) {
                    if (left.contains(partition)) {
                        take(partition, message);
                    }
                }
            }
            if (Duration.between(begun, now).compareTo(within) > 0) {
                throw new TooManyEventsException(read, within);
            }
        }

        private void take(TopicPartition partition, ConsumerRecord<byte[], byte[]> message) {
            RoutingEvent event;
            try {
                event = events.deserialize(message.topic(), message.headers(), message.value());
            } catch (BadEnvelopeException e) {
                return;
            }
            read++;
            report.add(event);
            if (event.decidedAt().isAfter(last)) {
                finish(partition);
            }
        }

        private void finishThoseAtTheirEnd() {
            ends.forEach((partition, end) -> {
                if (left.contains(partition) && consumer.position(partition, ANSWER_WITHIN) >= end) {
                    finish(partition);
                }
            });
        }

        private void finish(TopicPartition partition) {
            left.remove(partition);
            consumer.pause(Set.of(partition));
        }
    }
}
