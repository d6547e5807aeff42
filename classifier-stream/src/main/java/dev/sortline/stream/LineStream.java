// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.contract.RoutingEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * Runs the topology of some lines against a cluster, from {@link #start} until {@link #close}.
 *
 * <p>The classifier is not closed with it: whoever opened it closes it afterwards. Methods may be called from any thread.
 */
public final class LineStream implements AutoCloseable {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final KafkaStreams streams;
    private final KafkaStreamsMetrics kafkaMetrics;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    /**
     * Prepares the stream; nothing runs yet.
     *
     * @throws BadDescriptionException when a plan names a label that the model lacks; the message names both
     */
    public LineStream(StreamSettings settings, ImageClassifier classifier, MeterRegistry registry) {
        settings.lines().values().forEach(line -> line.plan()
                .edition()
                .plan()
                .checkLabels(classifier.model().toString(), classifier.model().labels()));
        var metrics = new LineMetrics(registry);
        metrics.record(classifier.tuning());
        var model = new RoutingEvent.Model(
                classifier.model().name(), classifier.model().version());
        var topology = LineTopology.build(settings.lines(), classifier, model, metrics, InstantSource.system());
        streams = new KafkaStreams(topology, settings.streamsProperties(metrics));
        streams.setUncaughtExceptionHandler(failure -> {
            end.completeExceptionally(failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        kafkaMetrics = new KafkaStreamsMetrics(streams);
        kafkaMetrics.bindTo(registry);
    }

    /** Joins the group and begins to take frames. The topics must exist. Returns at once. */
    public void start() {
        streams.start();
    }

    /** Whether frames of this instance's lines are being taken: {@code false} while starting and while lines change hands. */
    public boolean ready() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Completes normally after {@link #close}, and exceptionally when the stream has failed and stands still. */
    public CompletableFuture<Void> end() {
        return end;
    }

    /**
     * Finishes the frames in hand, commits, leaves the group so that other instances have the lines at once, and stops.
     * Blocks for at most 10 s.
     */
    @Override
    public void close() {
        kafkaMetrics.close();
        streams.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(STOP_WITHIN));
        end.complete(null);
    }
}
