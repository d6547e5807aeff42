// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.live;

import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.camera.publishing.ProducerMetrics;
import dev.sortline.camera.sight.SightTrouble;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.CameraNews;
import dev.sortline.camera.source.StreamFormat;
import dev.sortline.metrics.LineMetric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A live camera's own metrics, present from the start. */
final class LiveCameraMetrics implements CameraNews {
    private final MeterRegistry meters;
    private final Tags tags;
    private final Timer delay;
    private final Map<CameraFault.Kind, Counter> faults = new EnumMap<>(CameraFault.Kind.class);

    LiveCameraMetrics(LineCamera camera, MeterRegistry meters) {
        this.meters = meters;
        tags = Tags.of(ProducerMetrics.LINE, camera.lineId(), ProducerMetrics.CAMERA, camera.cameraId());
        delay = LineMetric.CAPTURE_TO_BROKER.timer(meters).withTags(tags);
        var ended = LineMetric.CAMERA_FAULTS.counter(meters);
        for (CameraFault.Kind kind : CameraFault.Kind.values()) {
            faults.put(
                    kind,
                    ended.withTags(tags.and(ProducerMetrics.FAULT, kind.name().toLowerCase(Locale.ROOT))));
        }
    }

    void watch(CameraState state) {
        LineMetric.CAMERA_CONNECTED.gauge(meters, () -> state.isConnected() ? 1 : 0, named());
        LineMetric.CAPTURE_UNCERTAINTY.gauge(meters, state::uncertaintySeconds, named());
        for (SightTrouble trouble : SightTrouble.values()) {
            LineMetric.CAMERA_SIGHT.gauge(
                    meters, () -> state.sight() == trouble ? 1 : 0, named(ProducerMetrics.TROUBLE, trouble.word()));
        }
    }

    private String[] named(String... more) {
        return tags.and(more).stream()
                .flatMap(tag -> Stream.of(tag.getKey(), tag.getValue()))
                .toArray(String[]::new);
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
