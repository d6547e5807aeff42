// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.camera;

import dev.sortline.contract.CameraStatus;
import dev.sortline.sorting.Line;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the cameras of all lines do: those that belts name, from the start, and of other belts those of which frames came. Only an instance
 * that has a line tells of its cameras. Safe for use by all threads.
 */
public final class CameraWatch {
    /**
     * A line's cameras beyond so many are looked at, but neither measured nor told of by name: ids that anybody may send must not fill the
     * memory.
     */
    static final int MOST_CAMERAS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(CameraWatch.class);
    private static final double NANOS_PER_SECOND = 1e9;

    private final CameraWatchSettings settings;
    private final CameraMetrics metrics;
    private final InstantSource clock;
    private final Map<String, Map<String, WatchedCamera>> cameras = new ConcurrentHashMap<>();
    private final Map<String, Instant> hadSince = new ConcurrentHashMap<>();
    private Map<String, String> logged = Map.of();

    /** @param lines the lines whose cameras are watched; of others nothing is ever told */
    public CameraWatch(
            Map<String, Line> lines, CameraWatchSettings settings, MeterRegistry registry, InstantSource clock) {
        this.settings = settings;
        this.metrics = new CameraMetrics(registry);
        this.clock = clock;
        lines.values().forEach(line -> {
            cameras.put(line.id(), new ConcurrentHashMap<>());
            line.belt().namedCameras().forEach(camera -> begin(line, camera));
        });
    }

    /** A camera of a line that has just been taken up: nothing is known of it yet. */
    public WatchedCamera begin(Line line, String cameraId) {
        Map<String, WatchedCamera> known = camerasOf(line.id());
        synchronized (known) {
            boolean named = known.containsKey(cameraId) || known.size() < MOST_CAMERAS;
            String name = named ? cameraId : CameraMetrics.OTHER_CAMERAS;
            var camera = new WatchedCamera(line, cameraId, settings, metrics.counters(line.id(), name));
            if (named && known.put(cameraId, camera) == null) {
                metrics.gauges(
                        line.id(),
                        cameraId,
                        () -> measured(line, cameraId, (each, since) -> seconds(each.age(since, clock.instant()))),
                        () -> measured(line, cameraId, (each, since) -> seconds(each.ahead())),
                        () -> measured(line, cameraId, (each, since) -> each.isFrozen() ? 1 : 0));
            }
            return camera;
        }
    }

    /** Tells which lines this instance has now; asked about once a second. */
    public void have(Set<String> had) {
        hadSince.keySet().retainAll(had);
        had.forEach(line -> hadSince.putIfAbsent(line, clock.instant()));
        log();
    }

    /** Whether this instance has a line now. */
    public boolean has(String lineId) {
        return hadSince.containsKey(lineId);
    }

    /** How the cameras of a line do that this instance has; empty for another. */
    public List<CameraStatus> statuses(String lineId) {
        @Nullable Instant since = hadSince.get(lineId);
        return since == null
                ? List.of()
                : camerasOf(lineId).values().stream()
                        .map(camera -> camera.status(since, clock.instant()))
                        .sorted(Comparator.comparing(CameraStatus::cameraId))
                        .toList();
    }

    /** What deserves a look, a line each. */
    public List<String> warnings() {
        return current().map(CameraWarning::text).toList();
    }

    private Stream<CameraWarning> current() {
        Instant now = clock.instant();
        return hadSince.entrySet().stream()
                .flatMap(had -> ofLine(had.getKey(), had.getValue(), now))
                .sorted(Comparator.comparing(CameraWarning::about));
    }

    private Stream<CameraWarning> ofLine(String lineId, Instant since, Instant now) {
        @Nullable Map<String, WatchedCamera> known = cameras.get(lineId);
        if (known == null) {
            return Stream.empty();
        }
        if (known.isEmpty() && Duration.between(since, now).compareTo(settings.silentAfter()) > 0) {
            return Stream.of(
                    new CameraWarning(
                            lineId + ", silent",
                            lineId
                                    + ": no frame of any camera since this classifier has had the line: look at the cameras, what sends their frames, and the network"));
        }
        return known.values().stream().flatMap(camera -> camera.warnings(since, now).stream());
    }

    /** What is new and what is over, once each. */
    private synchronized void log() {
        Map<String, String> now = new LinkedHashMap<>();
        current().forEach(warning -> now.put(warning.about(), warning.text()));
        now.forEach((about, text) -> {
            if (!logged.containsKey(about)) {
                LOG.warn("{}", text);
            }
        });
        logged.keySet().stream().filter(about -> !now.containsKey(about)).forEach(about -> LOG.info("Over: {}", about));
        logged = now;
    }

    private double measured(Line line, String cameraId, ToDoubleBiFunction<WatchedCamera, Instant> value) {
        @Nullable Instant since = hadSince.get(line.id());
        @Nullable WatchedCamera camera = camerasOf(line.id()).get(cameraId);
        return since == null || camera == null ? Double.NaN : value.applyAsDouble(camera, since);
    }

    private Map<String, WatchedCamera> camerasOf(String lineId) {
        return cameras.getOrDefault(lineId, Map.of());
    }

    private static double seconds(Duration time) {
        return time.toNanos() / NANOS_PER_SECOND;
    }
}
