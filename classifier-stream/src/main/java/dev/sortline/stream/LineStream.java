// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.contract.Identifiers;
import dev.sortline.contract.Topic;
import dev.sortline.sorting.BadDescriptionException;
import dev.sortline.sorting.Line;
import dev.sortline.stream.camera.CameraWatch;
import dev.sortline.stream.heartbeat.DecidableLines;
import dev.sortline.stream.heartbeat.Heartbeats;
import dev.sortline.stream.model.LineModels;
import dev.sortline.stream.model.ModelInForce;
import dev.sortline.stream.shadow.ShadowModel;
import dev.sortline.stream.topology.CameraGates;
import dev.sortline.stream.topology.FramesAhead;
import dev.sortline.stream.topology.LineMetrics;
import dev.sortline.stream.topology.LineTopology;
import dev.sortline.tracing.FrameTracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the topology of some lines against a cluster, from {@link #start} until {@link #close}.
 *
 * <p>The classifier is not closed with it: whoever opened it closes it afterwards. Methods may be called from any thread.
 */
public final class LineStream implements AutoCloseable {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    /** Far above what an answer takes on any machine: a thread that waits so long will wait for ever. */
    private static final Duration WEDGED_AFTER = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(LineStream.class);

    private final LineModels models;
    private final KafkaStreams streams;
    private final KafkaStreamsMetrics kafkaMetrics;
    private final Heartbeats heartbeats;
    private final CameraWatch cameras;
    private final CameraGates gates;
    private final SideMessages beside;
    private final FramesAhead ahead;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile boolean closing;

    /**
     * Prepares the stream; nothing runs yet.
     *
     * @throws BadDescriptionException when a plan names a label that the model lacks; the message names both
     */
    public LineStream(StreamSettings settings, ImageClassifier classifier, MeterRegistry registry) {
        this(settings, classifier, Optional.empty(), registry);
    }

    /**
     * As {@link #LineStream(StreamSettings, ImageClassifier, MeterRegistry)}, with a second model that looks on and decides nothing.
     *
     * @param second the second model, opened with {@link ShadowModel#INFERENCE} after the first; not closed with this either
     */
    public LineStream(
            StreamSettings settings,
            ImageClassifier classifier,
            Optional<ImageClassifier> second,
            MeterRegistry registry) {
        this(settings, LineModels.of(classifier), second, registry);
    }

    /**
     * As {@link #LineStream(StreamSettings, ImageClassifier, Optional, MeterRegistry)}, with models that may be replaced while it runs, and
     * some lines decided by another. They are not closed with this either.
     */
    public LineStream(
            StreamSettings settings, LineModels models, Optional<ImageClassifier> second, MeterRegistry registry) {
        this(settings, models, second, registry, FrameTracing.OFF);
    }

    /**
     * As {@link #LineStream(StreamSettings, LineModels, Optional, MeterRegistry)}, with frames that are traced.
     *
     * @param tracing is not closed with this
     */
    public LineStream(
            StreamSettings settings,
            LineModels models,
            Optional<ImageClassifier> second,
            MeterRegistry registry,
            FrameTracing tracing) {
        settings.lines().values().forEach(line -> checkModel(line, models));
        String instance = instance();
        var metrics = new LineMetrics(registry);
        this.models = models;
        models.all().limit(1).forEach(main -> metrics.record(main.classifier().tuning()));
        models.all().forEach(model -> expect(model, linesOf(model, settings), metrics));
        var clock = InstantSource.system();
        cameras = new CameraWatch(settings.sortingLines(), settings.cameraWatch(), registry, clock);
        gates = new CameraGates(settings.sortingLines(), settings.emptyGate(), cameras::has, registry);
        var properties = settings.streamsProperties(metrics);
        var clients = new StreamsConfig(properties);
        beside = new SideMessages(settings, clients, instance, models, second, registry, tracing);
        ahead = new FramesAhead(settings.lines(), models, metrics, cameras, gates, beside.beside(), clock);
        var topology = LineTopology.build(settings.lines(), models, metrics, beside.beside(), ahead, clock);
        streams = new KafkaStreams(topology, properties, ahead.clients());
        streams.setUncaughtExceptionHandler(failure -> {
            end.completeExceptionally(failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        var producer = Heartbeats.producer(clients.getProducerConfigs(instance + "-heartbeats"));
        var decidable = new DecidableLines(streams, models, () -> producer.partitionsFor(Topic.FRAMES.topicName())
                .size());
        heartbeats = new Heartbeats(settings.lines(), models::model, instance, decidable, cameras, producer, clock);
        metrics.watch("heartbeats", heartbeats.turns());
        metrics.watchState(Path.of(clients.getString(StreamsConfig.STATE_DIR_CONFIG)));
        kafkaMetrics = new KafkaStreamsMetrics(streams);
        kafkaMetrics.bindTo(registry);
    }

    /** Joins the group and begins to take frames and to tell of its lines. The topics must exist. Returns at once. */
    public void start() {
        beside.start();
        streams.start();
        heartbeats.start();
    }

    /** Whether frames of this instance's lines are being taken: {@code false} while starting and while lines change hands. */
    public boolean ready() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** What about cameras deserves a look, a line each: of the lines that this instance has. */
    public List<String> cameraWarnings() {
        return Stream.concat(cameras.warnings().stream(), gates.warnings().stream())
                .toList();
    }

    /**
     * What only a restart would end, a line each: threads that wait for an answer of the classifier that does not come, or none left. A
     * cluster that is away is none of it: threads wait for it and go on.
     */
    public List<String> deadlocks() {
        if (closing) {
            return List.of();
        }
        long wedged = models.awaitedLongerThan(WEDGED_AFTER);
        if (wedged > 0) {
            return List.of(wedged + " threads have been waiting for the classifier for more than "
                    + WEDGED_AFTER.toSeconds() + " s: restart this instance");
        }
        return switch (streams.state()) {
            case PENDING_ERROR, ERROR, NOT_RUNNING ->
                List.of("the stream has failed and takes no frames: restart this instance");
            default -> List.of();
        };
    }

    /** Completes normally after {@link #close}, and exceptionally when the stream has failed and stands still. */
    public CompletableFuture<Void> end() {
        return end;
    }

    /**
     * Commits what is decided, leaves the group so that other instances have the lines at once, and stops. Frames that are not decided by
     * then are left as they are to whoever has their lines next: neither refused nor counted. Blocks for at most 10 s, 2 s more for frames
     * that are being looked at, and 3 s for what is told beside the events.
     */
    @Override
    public void close() {
        closing = true;
        heartbeats.close();
        kafkaMetrics.close();
        boolean stopped = streams.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(STOP_WITHIN));
        models.leave();
        ahead.close();
        beside.close();
        if (!stopped) {
            LOG.warn(
                    "The stream has not stopped within {} s: its frames in hand are left to whoever has their lines next",
                    STOP_WITHIN.toSeconds());
        }
        end.complete(null);
    }

    private List<Line> linesOf(ModelInForce model, StreamSettings settings) {
        return settings.lines().values().stream()
                .filter(line -> models.of(line.id()) == model)
                .toList();
    }

    private static void checkModel(Line line, LineModels models) {
        var model = models.of(line.id()).classifier().model();
        line.plan()
                .edition()
                .plan()
                .checkModel(
                        model.toString(),
                        model.labels(),
                        model.manifest().familiarity().isPresent());
    }

    /** Makes the series of a model's lines, and those of a later one with other labels. */
    private static void expect(ModelInForce model, List<Line> lines, LineMetrics metrics) {
        Set<List<String>> expected = ConcurrentHashMap.newKeySet();
        List<String> ids = lines.stream().map(Line::id).toList();
        model.follow(classifier -> {
            metrics.models().inForce(classifier.model(), ids);
            classifier.watchRuns(metrics::ran);
            if (expected.add(classifier.model().labels())) {
                metrics.expect(lines, classifier.model().labels());
            }
        });
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
