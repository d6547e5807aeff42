// SPDX-License-Identifier: Apache-2.0
package dev.sortline.metrics;

import static dev.sortline.metrics.LineProcess.CLASSIFIER;
import static dev.sortline.metrics.LineProcess.CONSOLE;
import static dev.sortline.metrics.LineProcess.GATEWAY;
import static dev.sortline.metrics.LineProcess.PRODUCER;
import static dev.sortline.metrics.MetricDeclaration.counting;
import static dev.sortline.metrics.MetricDeclaration.gauging;
import static dev.sortline.metrics.MetricDeclaration.summing;
import static dev.sortline.metrics.MetricDeclaration.telling;
import static dev.sortline.metrics.MetricDeclaration.timing;
import static dev.sortline.metrics.MetricTag.each;
import static dev.sortline.metrics.MetricTag.oneOf;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Every metric of the line. Names and tags are part of the contract with dashboards and alerts.
 *
 * <p>{@link #counter}, {@link #timer} and {@link #summary} give what makes the meter of given tags, or gives the one that is there. What is
 * measured has each series that can be known from the start, at 0: a rate over a first count would miss it.
 */
public enum LineMetric {
    /** Frames at the classifier. */
    FRAMES(counting("sortline.frames", "Frames, each counted once by its fate")
            .by(line().or("unknown"), oneOf("fate", "routed", "empty", "late", "unreadable", "repeated"))
            .at(CLASSIFIER)),
    /** Routing events. */
    DECISIONS(counting("sortline.decisions", "Routing events")
            .by(
                    line(),
                    oneOf("decision", "sort", "ambiguous", "uncertain", "late", "unreadable"),
                    each("label", "labels of the model").or("none"),
                    each("lane", "lanes of the belt"))
            .at(CLASSIFIER)),
    /** Refused frames. */
    DEAD_LETTERS(counting("sortline.dead.letters", "Frames that were refused, by reason")
            .by(oneOf(
                    "reason",
                    "bad-envelope",
                    "unknown-line",
                    "unknown-camera",
                    "capture-time",
                    "frozen",
                    "failed",
                    "empty",
                    "too-many-bytes",
                    "unknown-format",
                    "bad-header",
                    "too-many-pixels",
                    "corrupt"))
            .at(CLASSIFIER)),
    /** How sure the model is. */
    CONFIDENCE(summing("sortline.confidence", "Calibrated probability of the best label of classified frames")
            .percents()
            .by(line())
            .at(CLASSIFIER)),
    /** How much surer the model is of the best label. */
    GAP(summing("sortline.gap", "Probability of the best label less that of the second best, of classified frames")
            .percents()
            .by(line())
            .at(CLASSIFIER)),
    /** From capture to decision. */
    LATENCY(timing("sortline.latency", "From the capture of an item's first frame to its decision")
            .micros(stageMicros())
            .by(line())
            .at(CLASSIFIER)),
    /** A frame's stages. */
    STAGE(timing(
                    "sortline.stage",
                    "Time of a frame in a stage; of an item's event in publish, until the cluster has it, and in"
                            + " total, since the capture of its first frame")
            .micros(stageMicros())
            .by(oneOf("stage", "queue", "decode", "infer", "decide", "publish", "total"))
            .at(CLASSIFIER)),
    /** Items like nothing that the model was trained on. */
    UNFAMILIAR(counting(
                    "sortline.unfamiliar",
                    "Items that were not sorted for being unlike anything that the model was trained on; among the decisions"
                            + " they are uncertain")
            .by(line())
            .at(CLASSIFIER)),
    /** The network's speed. */
    INFERENCE_RATE(gauging(
                    "sortline.inference.rate",
                    "Images a second of the network alone, as measured when engine, precision, batch and runs were"
                            + " chosen, at this start or an earlier one; 0 where settings left nothing to measure")
            .by(
                    oneOf("engine", "tensorflow", "onnxruntime", "tflite"),
                    oneOf("precision", "float32", "bfloat16", "int8"),
                    each("batch", "most pictures at once"),
                    each("runs", "runs at the same time"),
                    each("threads", "threads of a run"))
            .at(CLASSIFIER)),
    /** Pictures in a run. */
    INFERENCE_BATCH(summing("sortline.inference.batch", "Pictures in a run of the network")
            .in("pictures")
            .bucketed(1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64)
            .at(CLASSIFIER)),
    /** The frame that waits for longest. */
    OLDEST_FRAME_AGE(gauging(
                    "sortline.oldest.frame.age",
                    "Since the capture of the oldest frame that is in hand; all that wait on the cluster are younger;"
                            + " 0 when none is in hand")
            .in(MetricDeclaration.SECONDS)
            .by(line())
            .at(CLASSIFIER)),
    /** The model in force. */
    MODEL_INFO(telling("sortline.model.info", "Always 1: the model that decides the line")
            .by(
                    line(),
                    each("model", "its name, one a line at a time"),
                    each("version", "its version, one a line at a time"))
            .at(CLASSIFIER)),
    /** A model that cannot be used. */
    MODEL_REFUSED(gauging(
                    "sortline.model.refused",
                    "1 while the package in a model's folder is refused and the model before it stays in force")
            .by(oneOf("role", "main", "canary"))
            .at(CLASSIFIER)),
    /** The plan in force. */
    PLAN_INFO(telling("sortline.plan.info", "Always 1: the plan by which the line sorts")
            .by(
                    line(),
                    each("plan", "its name, one a line at a time"),
                    each("edition", "first 12 hex digits of its file's SHA-256, one a line at a time"))
            .at(CLASSIFIER)),
    /** What the model answers. */
    LABEL_SHARE(gauging(
                    "sortline.label.share",
                    "Share of the label in the items of the last hour; not a number below 100 items")
            .in("ratio")
            .by(line(), each("label", "labels of the model but the empty belt"))
            .at(CLASSIFIER)),
    /** What it answered when it was measured. */
    LABEL_SHARE_EXPECTED(gauging(
                    "sortline.label.share.expected",
                    "Share of the label in the answers of the broadest evaluation of the model's card; there is none"
                            + " without a card")
            .in("ratio")
            .by(line(), each("label", "labels of the model but the empty belt"))
            .at(CLASSIFIER)),
    /** How far the two are apart. */
    LABEL_STABILITY_INDEX(gauging(
                    "sortline.label.stability.index",
                    "Population stability index of the labels' shares against the card's: below 0.1 nothing has"
                            + " changed, above 0.25 much has; not a number below 100 items, and none without a card")
            .by(line())
            .at(CLASSIFIER)),
    /** How sure it was when it was measured. */
    CONFIDENCE_EXPECTED(gauging(
                    "sortline.confidence.expected",
                    "Mean confidence in the broadest evaluation of the model's card; there is none without a card")
            .in("percent")
            .by(line())
            .at(CLASSIFIER)),
    /** A loop that stood. */
    LOOP_STALL(gauging(
                    "sortline.loop.stall",
                    "Longest time between two turns of a loop in the last minute, or since its last turn: heartbeats"
                            + " turn once a second, firing at least ten times, stream threads five times, reading twice")
            .in(MetricDeclaration.SECONDS)
            .by(oneOf("loop", "stream", "heartbeats", "firing", "reading_actuations", "reading_heartbeats"))
            .at(CLASSIFIER, GATEWAY)),
    /** When certificates end. */
    CERTIFICATE_EXPIRY(gauging(
                    "sortline.certificate.expiry.timestamp",
                    "When the first certificate of a file or folder ends, in seconds since 1970; not a number where it"
                            + " cannot be read; there is none where no file is named")
            .in(MetricDeclaration.SECONDS)
            .by(
                    each("of", "configured drivers and cameras").or("kafka truststore", "kafka keystore"),
                    each("file", "configured files"))
            .at(PRODUCER, CLASSIFIER, GATEWAY, CONSOLE)),
    /** Memory of the process. */
    RESIDENT_MEMORY(
            gauging("sortline.process.resident.memory", "Memory of the process, with all that is not the JVM's heap")
                    .in("bytes")
                    .at(PRODUCER, CLASSIFIER, GATEWAY, CONSOLE)),
    /** Room on a disk. */
    DISK_FREE(gauging("sortline.disk.free", "Room that the process may still fill on the disk of a folder")
            .in("bytes")
            .by(oneOf("folder", "working", "temporary", "state"))
            .at(PRODUCER, CLASSIFIER, GATEWAY, CONSOLE)),
    /** The whole of that disk. */
    DISK_SIZE(gauging("sortline.disk.size", "Size of the disk of a folder")
            .in("bytes")
            .by(oneOf("folder", "working", "temporary", "state"))
            .at(PRODUCER, CLASSIFIER, GATEWAY, CONSOLE)),
    /** A plan's file that cannot be used. */
    PLAN_REFUSED(gauging(
                    "sortline.plan.refused",
                    "1 while the plan's file is refused and the edition before it stays in force")
            .by(each("plan", "configured plans"))
            .at(CLASSIFIER, CONSOLE)),
    /** Records that the cluster did not take. */
    UNWRITTEN(counting("sortline.unwritten.records", "Records that the cluster did not take for what they are")
            .by(oneOf(
                    "topic",
                    "sortline.frames",
                    "sortline.actuations",
                    "sortline.frames.dlq",
                    "sortline.answers",
                    "sortline.outcomes",
                    "sortline.reviews",
                    "sortline.labels",
                    "sortline.heartbeats",
                    "changelog"))
            .at(CLASSIFIER)),
    /** Items for a person to look at. */
    REVIEWS(counting("sortline.reviews", "Items that a person shall look at")
            .by(line(), oneOf("outcome", "requested", "left-out", "no-picture", "failed"))
            .at(CLASSIFIER)),
    /** What people found right. */
    REVIEWED_ITEMS(gauging(
                    "sortline.reviewed.items",
                    "Items of the last 7 days of which a person has said what they are, each once, by the last word; right"
                            + " where that is of the fraction that the line took it for; not a number until all words have"
                            + " been read")
            .by(
                    line(),
                    oneOf("cause", "sample", "unsure"),
                    each("label", "labels of the model").or("none", "other"),
                    each("lane", "lanes of the belt").or("other"),
                    oneOf("answer", "right", "wrong"))
            .at(CONSOLE)),
    /** The second model's frames. */
    SHADOW_FRAMES(counting(
                    "sortline.shadow.frames",
                    "Frames by what became of them at the second model; there is none without `shadow`")
            .by(line(), oneOf("outcome", "answered", "skipped", "failed"))
            .at(CLASSIFIER)),

    /** A camera's silence. */
    CAMERA_LAST_FRAME_AGE(gauging(
                    "sortline.camera.last.frame.age",
                    "Since the camera's last frame came; before its first, since this instance has had the line; not a"
                            + " number where it has not")
            .in(MetricDeclaration.SECONDS)
            .by(line(), cameraSeen())
            .at(CLASSIFIER)),
    /** A camera's clock. */
    CAMERA_SKEW(gauging(
                    "sortline.camera.skew",
                    "By how much the camera's clock is at least ahead of ours; below 0 it is behind by at most so much")
            .in(MetricDeclaration.SECONDS)
            .by(line(), cameraSeen())
            .at(CLASSIFIER)),
    /** A frozen camera. */
    CAMERA_FROZEN(gauging("sortline.camera.frozen", "1 while the camera sends one and the same picture")
            .by(line(), cameraSeen())
            .at(CLASSIFIER)),
    /** Repeated frames. */
    CAMERA_REPEATED_FRAMES(counting("sortline.camera.repeated.frames", "Frames that came before")
            .by(line(), cameraSeen())
            .at(CLASSIFIER)),
    /** Missing frames. */
    CAMERA_SEQUENCE_GAPS(counting("sortline.camera.sequence.gaps", "Numbers missing in the camera's frame counter")
            .by(line(), cameraSeen())
            .at(CLASSIFIER)),
    /** Counters that began again. */
    CAMERA_SEQUENCE_RESETS(
            counting("sortline.camera.sequence.resets", "How often the camera's frame counter began again")
                    .by(line(), cameraSeen())
                    .at(CLASSIFIER)),
    /** Frames refused by camera. */
    CAMERA_REFUSED_FRAMES(counting("sortline.camera.refused.frames", "Frames refused for what the camera did")
            .by(line(), cameraSeen(), oneOf("reason", "capture-time", "frozen"))
            .at(CLASSIFIER)),
    /** Frames at the gate of a camera. */
    GATE_FRAMES(counting(
                    "sortline.gate.frames",
                    "Frames that the gate of a camera took for an empty belt: answered by itself, or looked at by the"
                            + " network all the same, which agreed or disagreed; there is none where the gate is off")
            .by(line(), cameraGated(), oneOf("outcome", "answered", "agreed", "disagreed"))
            .at(CLASSIFIER)),
    /** Whether a gate is open. */
    GATE_OPEN(gauging(
                    "sortline.gate.open",
                    "1 while the gate of a camera knows its empty belt; there is none where the gate is off")
            .by(line(), cameraGated())
            .at(CLASSIFIER)),

    /** Events at the gateway. */
    ACTUATIONS(counting("sortline.actuations", "Routing events at the gateway, each counted once by its fate")
            .by(
                    line().or("unknown"),
                    oneOf(
                            "fate",
                            "fired",
                            "dry_run",
                            "residual",
                            "late",
                            "past",
                            "duplicate",
                            "conflict",
                            "heartbeat_missing",
                            "clock_stepped",
                            "not_owner",
                            "undelivered",
                            "unreadable",
                            "unknown_line"))
            .at(GATEWAY)),
    /** How late a command leaves. */
    FIRING_ERROR(
            timing("sortline.firing.error", "From a shot's fireAt until its command leaves for the driver's controller")
                    .micros(firingMicros())
                    .by(driver())
                    .at(GATEWAY)),
    /** How late a controller has it. */
    FIRING_TAKEN(timing("sortline.firing.taken", "From a shot's fireAt until the controller has taken its command")
            .micros(firingMicros())
            .by(driver())
            .at(GATEWAY)),
    /** Whether a controller is there. */
    DRIVER_UP(gauging("sortline.driver.up", "1 while the driver has its controller")
            .by(driver())
            .at(GATEWAY)),
    /** Lost connections. */
    DRIVER_FAILURES(counting("sortline.driver.failures", "Connections to a controller that were lost or not come by")
            .by(driver())
            .at(GATEWAY)),
    /** What a controller was not told. */
    DRIVER_UNDELIVERED(counting("sortline.driver.untold", "What was not told to a controller")
            .by(driver(), oneOf("what", "fire", "announce"))
            .at(GATEWAY)),
    /** A line's heartbeat. */
    LINE_ALIVE(gauging("sortline.line.alive", "1 while the line is this gateway's and its heartbeat is fresh")
            .by(line())
            .at(GATEWAY)),
    /** A line's cameras. */
    CAMERAS_IN_TROUBLE(gauging(
                    "sortline.line.cameras.in.trouble",
                    "Cameras of a line of which its classifier tells a trouble; not a number when nobody tells")
            .by(line())
            .at(GATEWAY)),
    /** A heartbeat's age. */
    HEARTBEAT_AGE(timing(
                    "sortline.heartbeat.age",
                    "Age of heartbeats when they come: transport, and how far the two clocks differ")
            .by(line())
            .at(GATEWAY)),
    /** Clocks that differ. */
    CLOCK_DISAGREEMENTS(counting(
                    "sortline.clock.disagreements",
                    "Heartbeats that show that the clocks of classifier and gateway differ")
            .by(line())
            .at(GATEWAY)),
    /** Unreadable records. */
    GATEWAY_UNREADABLE(counting("sortline.gateway.unreadable", "Records that nothing could be made of")
            .by(
                    oneOf("topic", "sortline.actuations", "sortline.heartbeats"),
                    oneOf("reason", "envelope", "data", "key", "failed"))
            .at(GATEWAY)),
    /** Outcomes that were not told. */
    OUTCOMES_DROPPED(
            counting("sortline.gateway.outcomes.dropped", "Outcomes of items that were not told to the cluster")
                    .at(GATEWAY)),
    /** Clock steps. */
    CLOCK_STEPS(counting("sortline.clock.steps", "How often the gateway's machine had its clock set")
            .at(GATEWAY)),

    /** A camera's pictures. */
    PRODUCER_FRAMES(counting("sortline.producer.frames", "Pictures by what became of them")
            .by(line(), camera(), oneOf("outcome", "published", "failed", "skipped", "dropped", "not_asked"))
            .at(PRODUCER)),
    /** Bytes of a camera. */
    PRODUCER_BYTES(counting("sortline.producer.bytes", "Image bytes of published frames")
            .in("bytes")
            .by(line(), camera())
            .at(PRODUCER)),
    /** Held-back cameras. */
    PRODUCER_BACKPRESSURE(counting(
                    "sortline.producer.backpressure",
                    "How often a camera was held back: too much was in flight, or the cluster was not to be reached")
            .at(PRODUCER)),
    /** How long they were. */
    PRODUCER_BACKPRESSURE_TIME(
            timing("sortline.producer.backpressure.time", "Time that cameras were held back, each added when it ends")
                    .at(PRODUCER)),
    /** Unacknowledged frames. */
    PRODUCER_IN_FLIGHT(gauging("sortline.producer.in.flight", "Frames sent and not yet acknowledged")
            .at(PRODUCER)),
    /** A live camera's delay. */
    CAPTURE_TO_BROKER(timing(
                    "sortline.producer.capture.to.broker",
                    "From a live camera's frame's capture until the cluster has acknowledged it")
            .micros(10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 5_000_000)
            .by(line(), camera())
            .at(PRODUCER)),
    /** How sure the time of capture is. */
    CAPTURE_UNCERTAINTY(gauging(
                    "sortline.producer.capture.uncertainty",
                    "How far a live camera's last time of capture may be off, either way")
            .in(MetricDeclaration.SECONDS)
            .by(line(), camera())
            .at(PRODUCER)),
    /** Whether a live camera is connected. */
    CAMERA_CONNECTED(gauging(
                    "sortline.producer.camera.connected",
                    "1 while a live camera is connected, or its watched folder is there")
            .by(line(), camera())
            .at(PRODUCER)),
    /** Faults of live cameras. */
    CAMERA_FAULTS(counting(
                    "sortline.producer.camera.faults",
                    "Connections to a live camera that ended or did not come about, by why")
            .by(
                    line(),
                    camera(),
                    oneOf(
                            "fault",
                            "unreachable",
                            "refused",
                            "not_found",
                            "no_video",
                            "codec",
                            "no_key_frame",
                            "silent",
                            "ended",
                            "not_installed"))
            .at(PRODUCER)),
    /** What a live camera sees. */
    CAMERA_SIGHT(gauging("sortline.producer.camera.sight", "1 while a live camera does not see well, by how")
            .by(line(), camera(), oneOf("trouble", "dark", "blown-out", "frozen", "blurred"))
            .at(PRODUCER)),
    /** Triggers from outside. */
    TRIGGERS(counting(
                    "sortline.producer.triggers",
                    "Triggers from outside by what became of them; there are none without such a trigger")
            .by(line(), camera(), oneOf("fate", "taken", "repeated", "no-frame", "full", "refused", "unreadable"))
            .at(PRODUCER)),
    /** Lost connections of triggers. */
    TRIGGERS_LOST(counting(
                    "sortline.producer.triggers.lost",
                    "Connections to whoever triggers a camera that ended or did not come about")
            .by(line(), camera())
            .at(PRODUCER));

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double PERCENT = 100;

    // A record of copies that nobody can change.
    @SuppressWarnings("ImmutableEnumChecker")
    private final MetricDeclaration declared;

    LineMetric(MetricDeclaration declared) {
        this.declared = declared;
    }

    private static MetricTag line() {
        return each("line", "configured lines");
    }

    private static MetricTag camera() {
        return each("camera", "configured cameras of the line");
    }

    private static MetricTag cameraSeen() {
        return each("camera", "cameras of the belt, or else the first 64 that were seen")
                .or("other");
    }

    private static MetricTag cameraGated() {
        return each("camera", "cameras of the belt, or else the first 64 that were seen");
    }

    private static MetricTag driver() {
        return each("driver", "configured drivers");
    }

    private static long[] stageMicros() {
        return new long[] {
            500, 1_000, 2_000, 3_000, 5_000, 7_500, 10_000, 15_000, 20_000, 30_000, 40_000, 50_000, 75_000, 100_000,
            150_000, 200_000, 300_000, 500_000, 1_000_000, 2_000_000, 5_000_000
        };
    }

    private static long[] firingMicros() {
        return new long[] {
            100, 250, 500, 1_000, 2_000, 3_000, 5_000, 7_500, 10_000, 15_000, 20_000, 50_000, 100_000, 500_000
        };
    }

    /** What makes its counters. */
    public MeterProvider<Counter> counter(MeterRegistry registry) {
        require(MetricKind.COUNTER);
        return Counter.builder(declared.name())
                .description(declared.help())
                .baseUnit(unitOrNone())
                .withRegistry(registry);
    }

    /** What makes its timers. */
    public MeterProvider<Timer> timer(MeterRegistry registry) {
        require(MetricKind.TIMER);
        return Timer.builder(declared.name())
                .description(declared.help())
                .serviceLevelObjectives(declared.buckets().stream()
                        .map(seconds -> Duration.ofNanos(Math.round(seconds * NANOS_PER_SECOND)))
                        .toArray(Duration[]::new))
                .withRegistry(registry);
    }

    /** What makes its summaries. One in percent takes shares, 0..1. */
    public MeterProvider<DistributionSummary> summary(MeterRegistry registry) {
        require(MetricKind.SUMMARY);
        return DistributionSummary.builder(declared.name())
                .description(declared.help())
                .baseUnit(unitOrNone())
                .scale(declared.unit().equals("percent") ? PERCENT : 1)
                .serviceLevelObjectives(declared.buckets().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray())
                .withRegistry(registry);
    }

    /**
     * Makes a gauge; the registry keeps what it asks.
     *
     * @param value asked at each scrape
     * @param tags names and values in turn
     */
    public Gauge gauge(MeterRegistry registry, DoubleSupplier value, String... tags) {
        require(MetricKind.GAUGE);
        return Gauge.builder(declared.name(), value, DoubleSupplier::getAsDouble)
                .description(declared.help())
                .baseUnit(unitOrNone())
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /**
     * Makes what is always 1. Whoever made it removes it when it is no longer true.
     *
     * @param tags names and values in turn: what it says
     */
    public Gauge info(MeterRegistry registry, String... tags) {
        require(MetricKind.INFO);
        return Gauge.builder(declared.name(), () -> 1)
                .description(declared.help())
                .tags(tags)
                .register(registry);
    }

    /** Micrometer's name of it, with dots. */
    public String meterName() {
        return declared.name();
    }

    /** Prometheus' name of it: {@code sortline_latency_seconds}. */
    public String exportedName() {
        String plain = declared.name().replace('.', '_');
        String name = declared.unit().isEmpty() || plain.endsWith("_" + declared.unit())
                ? plain
                : plain + "_" + declared.unit();
        return declared.kind() == MetricKind.COUNTER ? name + "_total" : name;
    }

    /** Names of all its series at Prometheus: of a histogram there are several. */
    public List<String> exportedSeries() {
        String name = exportedName();
        if (declared.kind() != MetricKind.TIMER && declared.kind() != MetricKind.SUMMARY) {
            return List.of(name);
        }
        List<String> series = new ArrayList<>(List.of(name + "_count", name + "_sum", name + "_max"));
        if (!declared.buckets().isEmpty()) {
            series.add(name + "_bucket");
        }
        return series;
    }

    /** What it is. */
    public MetricKind kind() {
        return declared.kind();
    }

    /** Its unit; empty where it counts things. */
    public String unit() {
        return declared.unit();
    }

    /** What it means: a sentence without its full stop. */
    public String help() {
        return declared.help();
    }

    /** Upper bounds of its buckets in its unit; none where it has none. */
    public List<Double> buckets() {
        return declared.buckets();
    }

    /** Its tags, and what they can be. */
    public List<MetricTag> tags() {
        return declared.tags();
    }

    /** Who exports it. */
    public Set<LineProcess> processes() {
        return declared.processes();
    }

    /** The metric of that name with dots, if one is declared. */
    public static Optional<LineMetric> named(String meterName) {
        return Arrays.stream(values())
                .filter(metric -> metric.meterName().equals(meterName))
                .findFirst();
    }

    /**
     * What is wrong with tags of this metric, for people; empty where they are as declared.
     *
     * @param tags all of them
     */
    public Optional<String> mistakeIn(Tags tags) {
        List<String> names = tags.stream().map(tag -> tag.getKey()).sorted().toList();
        List<String> expected = tags().stream().map(MetricTag::name).sorted().toList();
        if (!names.equals(expected)) {
            return Optional.of("%s has the tags %s: must have %s".formatted(meterName(), names, expected));
        }
        return tags.stream()
                .filter(tag -> tags().stream()
                        .noneMatch(each -> each.name().equals(tag.getKey()) && each.allows(tag.getValue())))
                .map(tag ->
                        "%s has %s '%s', which is not declared".formatted(meterName(), tag.getKey(), tag.getValue()))
                .findFirst();
    }

    private @Nullable String unitOrNone() {
        return declared.unit().isEmpty() ? null : declared.unit();
    }

    private void require(MetricKind kind) {
        if (declared.kind() != kind) {
            throw new IllegalStateException("%s is a %s, not a %s".formatted(meterName(), declared.kind(), kind));
        }
    }
}
