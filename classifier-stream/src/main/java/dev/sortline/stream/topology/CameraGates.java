// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.metrics.LineMetric;
import dev.sortline.sorting.Line;
import dev.sortline.stream.gate.GateMode;
import dev.sortline.stream.gate.GateSettings;
import dev.sortline.stream.item.FrameReading.TakenFrame;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The gates of all cameras: of those that belts name, from the start, and of other belts of the first {@value #MOST_CAMERAS} of which frames
 * came, for ids that anybody may send must not fill the memory. What a gate has learned is in memory alone. Safe for use by all threads.
 */
public final class CameraGates {
    static final int MOST_CAMERAS = 64;

    private final GateSettings settings;
    private final Predicate<String> has;
    private final MeterRegistry registry;
    private final Map<String, Map<String, CameraGate>> gates = new ConcurrentHashMap<>();

    /**
     * @param lines the lines whose cameras may have a gate: without the trial line, whose pictures are of anything
     * @param has whether this instance has a line now: of others nothing is told
     */
    public CameraGates(Map<String, Line> lines, GateSettings settings, Predicate<String> has, MeterRegistry registry) {
        this.settings = settings;
        this.has = has;
        this.registry = registry;
        lines.values().forEach(line -> {
            gates.put(line.id(), new ConcurrentHashMap<>());
            line.belt().namedCameras().forEach(camera -> {
                var unused = of(line, camera);
            });
        });
    }

    /** The gate of a frame's camera; nothing where it has none, or where somebody has said that there is an item on it. */
    Optional<CameraGate> of(TakenFrame taken) {
        return taken.frame().itemId() == null ? of(taken.line(), taken.frame().cameraId()) : Optional.empty();
    }

    private Optional<CameraGate> of(Line line, String camera) {
        @Nullable Map<String, CameraGate> known = gates.get(line.id());
        GateMode mode = known == null ? GateMode.OFF : settings.modeOf(line.id(), camera);
        if (known == null || mode == GateMode.OFF) {
            return Optional.empty();
        }
        @Nullable CameraGate gate = known.get(camera);
        return gate != null || known.size() >= MOST_CAMERAS
                ? Optional.ofNullable(gate)
                : Optional.of(known.computeIfAbsent(camera, name -> gate(line, name, mode == GateMode.ON)));
    }

    private CameraGate gate(Line line, String camera, boolean answers) {
        var gate = new CameraGate(line, camera, answers, registry);
        LineMetric.GATE_OPEN.gauge(
                registry,
                () -> has.test(line.id()) ? (gate.isOpen() ? 1 : 0) : Double.NaN,
                "line",
                line.id(),
                "camera",
                camera);
        return gate;
    }

    /** What deserves a look, a line each. */
    public List<String> warnings() {
        return gates.entrySet().stream()
                .filter(line -> has.test(line.getKey()))
                .flatMap(line -> line.getValue().values().stream())
                .filter(CameraGate::isMistaken)
                .map(CameraGate::mistake)
                .sorted()
                .toList();
    }
}
