// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream;

import dev.sortline.contract.ClientProperties;
import dev.sortline.contract.Topic;
import dev.sortline.sorting.Line;
import dev.sortline.stream.camera.CameraWatchSettings;
import dev.sortline.stream.gate.GateSettings;
import dev.sortline.stream.review.ReviewSettings;
import dev.sortline.stream.topology.FailedFrames;
import dev.sortline.stream.topology.ItemVoting;
import dev.sortline.stream.topology.LineMetrics;
import dev.sortline.stream.topology.PublishTimes;
import dev.sortline.stream.topology.UnwrittenRecords;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.jspecify.annotations.Nullable;

/**
 * How the stream runs.
 *
 * @param kafka client properties, at least {@code bootstrap.servers}; they win over the defaults here, and Kafka Streams'
 *     prefixes ({@code consumer.}, {@code producer.}) reach its single clients
 * @param lines the lines that are sorted, by id, at least one
 * @param cameraWatch from when on a camera is no longer believed
 * @param emptyGate which cameras have a gate that knows their empty belt
 * @param reviews which items a person shall look at
 * @param trialLine id of the line on which people try out pictures of any origin: its belt has neither ejectors nor named cameras, and each
 *     frame is an item. What the model says of each frame is published, no camera is watched, and nobody is asked to review
 */
public record StreamSettings(
        Map<String, Object> kafka,
        Map<String, Line> lines,
        CameraWatchSettings cameraWatch,
        GateSettings emptyGate,
        ReviewSettings reviews,
        Optional<String> trialLine) {
    /** Kafka Streams application id unless {@code kafka} names another: instances that share it share the lines. */
    public static final String APPLICATION_ID = "sortline-classifier";

    /** So that one line's commit, which waits for the cluster, does not hold up all others. */
    static final int STREAM_THREADS = 2;

    private static final int PARTITION_FETCH_BYTES = 1 << 20;

    public StreamSettings {
        if (!kafka.containsKey(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG)) {
            throw new IllegalArgumentException("kafka lacks bootstrap.servers: say where the cluster is, as host:port");
        }
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("lines is empty: describe at least one line");
        }
        kafka = Map.copyOf(kafka);
        lines = Map.copyOf(lines);
        if (trialLine.isPresent()) {
            checkTrial(trialLine.get(), lines);
        }
    }

    /** Without a trial line, with the usual gates and reviews. */
    public StreamSettings(Map<String, Object> kafka, Map<String, Line> lines, CameraWatchSettings cameraWatch) {
        this(kafka, lines, cameraWatch, GateSettings.DEFAULT, ReviewSettings.DEFAULT, Optional.empty());
    }

    /** With cameras watched as suits most lines. */
    public StreamSettings(Map<String, Object> kafka, Map<String, Line> lines) {
        this(kafka, lines, CameraWatchSettings.DEFAULT);
    }

    /** The lines whose items move: all but the trial line. */
    public Map<String, Line> sortingLines() {
        Map<String, Line> sorting = new LinkedHashMap<>(lines);
        trialLine.ifPresent(sorting::remove);
        return sorting;
    }

    /** Kafka Streams' application id under these client properties: its group, and how its own topics begin. */
    public static String applicationId(Map<String, Object> kafka) {
        return String.valueOf(kafka.getOrDefault(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID));
    }

    /** What Kafka Streams itself can be set to, beside its clients. */
    public static ConfigDef streamsSettings() {
        return StreamsConfig.configDef();
    }

    /**
     * Kafka Streams' configuration: as little waiting as it allows (its own defaults linger 100 ms in the producer and
     * prefetch a thousand frames a partition), and another instance has a dead one's lines within 10 s (default 45).
     */
    public Properties streamsProperties(LineMetrics metrics) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
        // A thread waits for no frame. The same number everywhere: threads share the lines out.
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, STREAM_THREADS);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 250);
        if (lines.values().stream().anyMatch(Line::votes)) {
            // A thread that waits for frames looks at no timer for so long, by default 100 ms.
            settings.put(StreamsConfig.POLL_MS_CONFIG, ItemVoting.PERIOD.toMillis());
        }
        settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 32);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        // The store of decided items is small: an instance may take a line over before it has read it up.
        settings.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, Long.MAX_VALUE);
        // The time of capture is read from the envelope, where a wrong one is refused instead of stopping the stream.
        settings.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, WallclockTimestampExtractor.class);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, FailedFrames.class);
        settings.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, UnwrittenRecords.class);
        settings.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        settings.put(FailedFrames.METRICS_CONFIG, metrics);

        consumer(settings, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer(settings, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
        consumer(settings, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_500);
        consumer(settings, ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 30_000);
        consumer(settings, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 32);
        // A waiting fetch covers only the partitions that were there when it was sent:
        // the frames of a line that has just changed hands wait for it to return.
        consumer(settings, ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        // Each partition may have as much lying ready. A larger frame comes all the same, alone.
        consumer(settings, ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 2 * PARTITION_FETCH_BYTES);
        consumer(settings, ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH_BYTES);

        producer(settings, ProducerConfig.LINGER_MS_CONFIG, 0);
        producer(settings, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MAX_DEAD_LETTER_BYTES);

        // What the user sets for all clients wins over what is set here for one kind of them.
        settings.keySet().removeIf(ours -> kafka.containsKey(withoutPrefix(ours)));
        settings.putAll(kafka);
        addInterceptor(settings);
        var properties = new Properties();
        properties.putAll(settings);
        return properties;
    }

    /** Without the values of client properties: some are passwords. */
    @Override
    public String toString() {
        return "StreamSettings[kafka=" + ClientProperties.keys(kafka) + ", lines=" + lines + ", cameraWatch="
                + cameraWatch + ", reviews=" + reviews + ", trialLine=" + trialLine + "]";
    }

    private static void checkTrial(String id, Map<String, Line> lines) {
        @Nullable Line line = lines.get(id);
        if (line == null) {
            throw new IllegalArgumentException("trialLine is '" + id + "', which is not among the lines: there are "
                    + new TreeSet<>(lines.keySet()));
        }
        Set<String> ejectors = line.belt().ejectors().keySet();
        if (!ejectors.isEmpty()) {
            throw new IllegalArgumentException("trialLine is '" + id + "', whose belt has ejectors, "
                    + new TreeSet<>(ejectors) + ": what anybody tries out must move nothing");
        }
        Set<String> cameras = line.belt().namedCameras();
        if (!cameras.isEmpty()) {
            throw new IllegalArgumentException("trialLine is '" + id + "', whose belt names cameras, "
                    + new TreeSet<>(cameras) + ": pictures come there under any camera's name");
        }
        if (line.votes()) {
            throw new IllegalArgumentException("trialLine is '" + id + "', which has framesPerItem "
                    + line.framesPerItem() + ": each picture is an item there");
        }
    }

    /** Beside those of the user's, who may have some for producers, or for all clients. */
    private static void addInterceptor(Map<String, Object> settings) {
        String key = StreamsConfig.producerPrefix(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);
        @Nullable Object theirs = settings.getOrDefault(key, settings.get(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG));
        String ours = PublishTimes.class.getName();
        settings.put(key, theirs == null || theirs.toString().isBlank() ? ours : theirs + "," + ours);
    }

    private static String withoutPrefix(String key) {
        return key.startsWith(StreamsConfig.CONSUMER_PREFIX)
                ? key.substring(StreamsConfig.CONSUMER_PREFIX.length())
                : key.startsWith(StreamsConfig.PRODUCER_PREFIX)
                        ? key.substring(StreamsConfig.PRODUCER_PREFIX.length())
                        : key;
    }

    private static void consumer(Map<String, Object> settings, String key, Object value) {
        settings.put(StreamsConfig.consumerPrefix(key), value);
    }

    private static void producer(Map<String, Object> settings, String key, Object value) {
        settings.put(StreamsConfig.producerPrefix(key), value);
    }
}
