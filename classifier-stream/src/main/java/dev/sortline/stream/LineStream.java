// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.contract.Identifiers;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
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
    private final Heartbeats heartbeats;
    private final CameraWatch cameras;
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
        String instance = instance();
        var metrics = new LineMetrics(registry);
        metrics.record(classifier.tuning());
        var model = new RoutingEvent.Model(
                classifier.model().name(), classifier.model().version());
        var watched = new WatchedClassifier(classifier, System::nanoTime);
        cameras = new CameraWatch(settings.lines(), settings.cameraWatch(), registry, InstantSource.system());
        var topology = LineTopology.build(settings.lines(), watched, model, metrics, cameras, InstantSource.system());
        var properties = settings.streamsProperties(metrics);
        streams = new KafkaStreams(topology, properties);
        streams.setUncaughtExceptionHandler(failure -> {
            end.completeExceptionally(failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        var producer = Heartbeats.producer(new StreamsConfig(properties).getProducerConfigs(instance + "-heartbeats"));
        var decidable = new DecidableLines(streams, watched, () -> producer.partitionsFor(Topic.FRAMES.topicName())
                .size());
        heartbeats =
                new Heartbeats(settings.lines(), model, instance, decidable, cameras, producer, InstantSource.system());
        kafkaMetrics = new KafkaStreamsMetrics(streams);
        kafkaMetrics.bindTo(registry);
    }

    /** Joins the group and begins to take frames and to tell of its lines. The topics must exist. Returns at once. */
    public void start() {
        streams.start();
        heartbeats.start();
    }

    /** Whether frames of this instance's lines are being taken: {@code false} while starting and while lines change hands. */
    public boolean ready() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** What about cameras deserves a look, a line each: of the lines that this instance has. */
    public List<String> cameraWarnings() {
        return cameras.warnings();
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
        heartbeats.close();
        kafkaMetrics.close();
        streams.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(STOP_WITHIN));
        end.complete(null);
    }

    /** Tells this process from others, to people too. */
    private static String instance() {
        long process = ProcessHandle.current().pid();
        try {
            return Identifiers.check("instance", InetAddress.getLocalHost().getHostName() + "." + process);
        } catch (UnknownHostException | IllegalArgumentException e) {
            return "classifier." + process;
        }
    }
}
