// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.camera;

import dev.sortline.metrics.LineMetric;
import dev.sortline.stream.item.RefusalReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.DoubleSupplier;

/**
 * What is measured of a camera, by the tags line and camera, from the moment at which the camera is known: from the start where the belt
 * names it. The gauges are not a number on an instance that does not have the line. Safe to use from all threads.
 */
public final class CameraMetrics {
    /** Value of the tag camera for those that are too many to be named. */
    static final String OTHER_CAMERAS = "other";

    private final MeterRegistry registry;

    CameraMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** The counters of one camera. */
    record Counters(Counter repeated, Counter missing, Counter resets, Counter unbelievable, Counter frozen) {}

    Counters counters(String line, String camera) {
        return new Counters(
                counter(LineMetric.CAMERA_REPEATED_FRAMES, line, camera),
                counter(LineMetric.CAMERA_SEQUENCE_GAPS, line, camera),
                counter(LineMetric.CAMERA_SEQUENCE_RESETS, line, camera),
                refused(RefusalReason.CAPTURE_TIME, line, camera),
                refused(RefusalReason.FROZEN, line, camera));
    }

    void gauges(String line, String camera, DoubleSupplier age, DoubleSupplier skew, DoubleSupplier frozen) {
        gauge(LineMetric.CAMERA_LAST_FRAME_AGE, age, line, camera);
        gauge(LineMetric.CAMERA_SKEW, skew, line, camera);
        gauge(LineMetric.CAMERA_FROZEN, frozen, line, camera);
    }

    private Counter counter(LineMetric metric, String line, String camera) {
        return metric.counter(registry).withTags("line", line, "camera", camera);
    }

    private Counter refused(RefusalReason reason, String line, String camera) {
        return LineMetric.CAMERA_REFUSED_FRAMES
                .counter(registry)
                .withTags("line", line, "camera", camera, "reason", reason.code());
    }

    private void gauge(LineMetric metric, DoubleSupplier value, String line, String camera) {
        metric.gauge(registry, value, "line", line, "camera", camera);
    }
}
