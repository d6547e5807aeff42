// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera;

import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.camera.publishing.ProducerMetrics;
import dev.sortline.metrics.LineMetric;
import io.micrometer.core.instrument.MeterRegistry;

/** What was counted of a camera's pictures, by what became of them. */
record Counted(long published, long failed, long skipped, long dropped, long notAsked) {
    static Counted of(MeterRegistry meters, LineCamera camera) {
        return new Counted(
                count(meters, camera, ProducerMetrics.OUTCOME_PUBLISHED),
                count(meters, camera, ProducerMetrics.OUTCOME_FAILED),
                count(meters, camera, ProducerMetrics.OUTCOME_SKIPPED),
                count(meters, camera, ProducerMetrics.OUTCOME_DROPPED),
                count(meters, camera, ProducerMetrics.OUTCOME_NOT_ASKED));
    }

    long all() {
        return published + failed + skipped + dropped + notAsked;
    }

    private static long count(MeterRegistry meters, LineCamera camera, String outcome) {
        return (long) meters.get(LineMetric.PRODUCER_FRAMES.meterName())
                .tags(
                        ProducerMetrics.LINE,
                        camera.lineId(),
                        ProducerMetrics.CAMERA,
                        camera.cameraId(),
                        ProducerMetrics.OUTCOME,
                        outcome)
                .counter()
                .count();
    }
}
