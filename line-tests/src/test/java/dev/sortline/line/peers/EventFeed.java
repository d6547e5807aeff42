// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import static org.awaitility.Awaitility.await;

import dev.sortline.contract.RoutingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Items that a {@link TestClassifier} decides on every line, four a second, one after the other for every ejector. */
public final class EventFeed implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(250);
    private static final Duration NEAREST = Duration.ofMillis(800);
    private static final Duration BETWEEN_EJECTORS = Duration.ofMillis(200);
    // So far that its items are still on their way when another gateway has taken a dead one's lines over.
    private static final Duration FARTHEST = Duration.ofSeconds(10);

    private final TestClassifier classifier;
    private final List<String> lines;
    private final List<RoutingEvent> published = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private volatile Instant start = Instant.MAX;

    public EventFeed(TestClassifier classifier, List<String> lines) {
        this.classifier = classifier;
        this.lines = lines;
    }

    public void start() {
        start = Instant.now();
        var unused = timer.scheduleAtFixedRate(this::publish, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** No more items; returns when the last one has passed its ejector. */
    public void awaitLastItem() throws InterruptedException {
        end();
        Instant passed = published.stream()
                .map(event -> Objects.requireNonNull(event.fireAt()))
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .plusSeconds(1);
        await().atMost(FARTHEST.multipliedBy(2)).until(() -> Instant.now().isAfter(passed));
    }

    /** What was handed to the cluster's client, in its order. */
    public List<RoutingEvent> published() {
        return List.copyOf(published);
    }

    private void end() throws InterruptedException {
        timer.shutdown();
        if (!timer.awaitTermination(10, TimeUnit.SECONDS)) {
            throw new AssertionError("did not end");
        }
    }

    private void publish() {
        for (int line = 0; line < lines.size(); line++) {
            int number = published.size();
            int round = number / lines.size();
            int ejector = round % SimplePlc.COILS;
            // By the plan, not by the clock: what the cluster's client has held up is past when it comes.
            Instant fireAt = start.plus(
                            ejector == SimplePlc.COILS - 1
                                    ? FARTHEST
                                    : NEAREST.plus(BETWEEN_EJECTORS.multipliedBy(ejector)))
                    .plus(EVERY.multipliedBy(round))
                    // A controller takes one after the other.
                    .plus(EVERY.multipliedBy(line).dividedBy(lines.size()));
            published.add(classifier.publish(lines.get(line), "item-" + number, ejector, fireAt));
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
