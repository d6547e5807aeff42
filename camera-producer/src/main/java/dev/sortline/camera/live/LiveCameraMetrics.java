// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.live;

import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.camera.publishing.ProducerMetrics;
import dev.sortline.camera.sight.SightTrouble;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.CameraNews;
import dev.sortline.camera.source.StreamFormat;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** A live camera's own metrics, present from the start. */
final class LiveCameraMetrics implements CameraNews {
    private final MeterRegistry meters;
    private final Tags tags;
    private final Timer delay;
    private final Map<CameraFault.Kind, Counter> faults = new EnumMap<>(CameraFault.Kind.class);

    LiveCameraMetrics(LineCamera camera, MeterRegistry meters) {
        this.meters = meters;
        tags = Tags.of(ProducerMetrics.LINE, camera.lineId(), ProducerMetrics.CAMERA, camera.cameraId());
        delay = Timer.builder(ProducerMetrics.CAPTURE_TO_BROKER)
                .description("Time from a frame's capture until the cluster acknowledged it")
                .tags(tags)
                .serviceLevelObjectives(
                        Duration.ofMillis(10),
                        Duration.ofMillis(20),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(200),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5))
                .register(meters);
        for (CameraFault.Kind kind : CameraFault.Kind.values()) {
            faults.put(
                    kind,
                    Counter.builder(ProducerMetrics.FAULTS)
                            .description("Connections to a camera that ended or did not come about, by why")
                            .tags(tags.and(ProducerMetrics.FAULT, kind.name().toLowerCase(Locale.ROOT)))
                            .register(meters));
        }
    }

    void watch(CameraState state) {
        Gauge.builder(ProducerMetrics.CONNECTED, state, each -> each.isConnected() ? 1 : 0)
                .description("Whether the camera answers")
                .tags(tags)
                .register(meters);
        Gauge.builder(ProducerMetrics.CAPTURE_UNCERTAINTY, state, CameraState::uncertaintySeconds)
                .description("How far the time of capture may be off, either way")
                .baseUnit("seconds")
                .tags(tags)
                .register(meters);
        for (SightTrouble trouble : SightTrouble.values()) {
            Gauge.builder(ProducerMetrics.SIGHT, state, each -> each.sight() == trouble ? 1 : 0)
                    .description("Whether the camera does not see well, by how")
                    .tags(tags.and(ProducerMetrics.TROUBLE, trouble.word()))
                    .register(meters);
        }
    }

    void sent(Duration afterCapture) {
        // A camera's clock may be ahead by a little.
        delay.record(afterCapture.isNegative() ? Duration.ZERO : afterCapture);
    }

    @Override
    public void connected(StreamFormat format) {
        // The gauge asks.
    }

    @Override
    public void lost(CameraFault fault) {
        var unused = faults.get(fault.kind());
        if (unused != null) {
            unused.increment();
        }
    }
}
