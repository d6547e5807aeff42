// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera;

import dev.sortline.camera.outside.CallCount;
import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.camera.publishing.ProducerMetrics;
import dev.sortline.camera.trigger.CallOutcome;
import dev.sortline.metrics.LineMetric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts a camera's calls from outside; all counts are there from the start. */
final class CallMetrics implements CallCount {
    private static final String UNREADABLE = "unreadable";

    private final Map<CallOutcome.Fate, Counter> answered = new EnumMap<>(CallOutcome.Fate.class);
    private final Counter unreadable;
    private final Counter lost;

    CallMetrics(LineCamera camera, MeterRegistry meters) {
        for (CallOutcome.Fate fate : CallOutcome.Fate.values()) {
            answered.put(fate, calls(camera, meters, fate.word()));
        }
        unreadable = calls(camera, meters, UNREADABLE);
        lost = LineMetric.TRIGGERS_LOST
                .counter(meters)
                .withTags(ProducerMetrics.LINE, camera.lineId(), ProducerMetrics.CAMERA, camera.cameraId());
    }

    private static Counter calls(LineCamera camera, MeterRegistry meters, String fate) {
        return LineMetric.TRIGGERS
                .counter(meters)
                .withTags(
                        ProducerMetrics.LINE,
                        camera.lineId(),
                        ProducerMetrics.CAMERA,
                        camera.cameraId(),
                        ProducerMetrics.FATE,
                        fate);
    }

    @Override
    public void answered(CallOutcome.Fate fate) {
        Objects.requireNonNull(answered.get(fate)).increment();
    }

    @Override
    public void unreadable() {
        unreadable.increment();
    }

    @Override
    public void lost() {
        lost.increment();
    }
}
