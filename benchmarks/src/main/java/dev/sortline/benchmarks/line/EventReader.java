// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.line;

import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.loopback.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the routing events as any subscriber would, and notes when it had each. */
final class EventReader implements AutoCloseable {
    private final TopicReader<RoutingEvent> reader;
    private List<Arrival> arrivals = new ArrayList<>();
    private long total;
    private long lastNanos = System.nanoTime();

    EventReader(Map<String, Object> kafka) {
        reader = TopicReader.fromItsBeginning(
                kafka,
                Topic.ACTUATIONS.topicName(),
                new RoutingEventSerde().deserializer(),
                (message, readAt) -> add(message.value(), readAt));
    }

    private synchronized void add(RoutingEvent event, Instant readAt) {
        arrivals.add(new Arrival(event, readAt));
        total++;
        lastNanos = System.nanoTime();
    }

    /** Those that came since the last call. */
    synchronized List<Arrival> take() {
        List<Arrival> taken = arrivals;
        arrivals = new ArrayList<>();
        return taken;
    }

    /** How many have come in all. */
    synchronized long total() {
        return total;
    }

    /** For how long none has come. */
    synchronized Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastNanos);
    }

    @Override
    public void close() {
        reader.close();
    }
}
