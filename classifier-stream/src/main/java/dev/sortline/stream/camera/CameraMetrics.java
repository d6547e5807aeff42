// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.camera;

import dev.sortline.stream.item.RefusalReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of a camera, by the tags line and camera, from the moment at which the camera is known: from the start where the belt
 * names it. The gauges are not a number on an instance that does not have the line. Safe to use from all threads.
 */
public final class CameraMetrics {
    /** Seconds since the camera's last frame came; before its first, since this instance has had the line. */
    public static final String LAST_FRAME_AGE = "sortline.camera.last.frame.age";
    /** Seconds by which the camera's clock is at least ahead of ours; below 0 it is behind by at most so much. */
    public static final String SKEW = "sortline.camera.skew";
    /** 1 while the camera sends one and the same picture, else 0. */
    public static final String FROZEN = "sortline.camera.frozen";
    /** Counts frames that came before. */
    public static final String REPEATED_FRAMES = "sortline.camera.repeated.frames";
    /** Counts the numbers that are missing in the camera's frame counter. */
    public static final String SEQUENCE_GAPS = "sortline.camera.sequence.gaps";
    /** Counts how often the camera's frame counter began again. */
    public static final String SEQUENCE_RESETS = "sortline.camera.sequence.resets";
    /** Counts frames that were refused for what the camera did. Further tag: reason (the dead letter's code). */
    public static final String REFUSED_FRAMES = "sortline.camera.refused.frames";

    /** Value of the tag camera for those that are too many to be named. */
    static final String OTHER_CAMERAS = "other";

    private static final String SECONDS = "seconds";

    private final MeterRegistry registry;

    CameraMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** The counters of one camera. */
    record Counters(Counter repeated, Counter missing, Counter resets, Counter unbelievable, Counter frozen) {}

    Counters counters(String line, String camera) {
        return new Counters(
                counter(REPEATED_FRAMES, "Frames that came before", line, camera),
                counter(SEQUENCE_GAPS, "Numbers missing in the frame counter", line, camera),
                counter(SEQUENCE_RESETS, "Frame counter began again", line, camera),
                refused(RefusalReason.CAPTURE_TIME, line, camera),
                refused(RefusalReason.FROZEN, line, camera));
    }

    void gauges(String line, String camera, DoubleSupplier age, DoubleSupplier skew, DoubleSupplier frozen) {
        gauge(LAST_FRAME_AGE, "Since the last frame came", SECONDS, age, line, camera);
        gauge(SKEW, "By how much the camera's clock is at least ahead", SECONDS, skew, line, camera);
        gauge(FROZEN, "1 while the camera sends one and the same picture", null, frozen, line, camera);
    }

    private Counter counter(String name, String description, String line, String camera) {
        return Counter.builder(name)
                .description(description)
                .tags("line", line, "camera", camera)
                .register(registry);
    }

    private Counter refused(RefusalReason reason, String line, String camera) {
        return Counter.builder(REFUSED_FRAMES)
                .description("Frames refused for what the camera did")
                .tags("line", line, "camera", camera, "reason", reason.code())
                .register(registry);
    }

    private void gauge(
            String name, String description, @Nullable String unit, DoubleSupplier value, String line, String camera) {
        Gauge.builder(name, value::getAsDouble)
                .description(description)
                .baseUnit(unit)
                .tags("line", line, "camera", camera)
                .register(registry);
    }
}
