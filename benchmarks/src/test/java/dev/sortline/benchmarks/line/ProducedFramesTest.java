// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProducedFramesTest {
    private static final String METRICS =
            """
            # TYPE sortline_producer_frames_total counter
            sortline_producer_frames_total{camera="camera-1",line="line-1",outcome="published"} 30.0
            sortline_producer_frames_total{camera="camera-1",line="line-1",outcome="dropped"} 2.0
            sortline_producer_frames_total{camera="camera-1",line="line-2",outcome="published"} 31.0
            sortline_producer_capture_to_broker_seconds_bucket{camera="camera-1",line="line-1",le="0.01"} 20
            sortline_producer_capture_to_broker_seconds_bucket{camera="camera-1",line="line-2",le="0.01"} 25
            sortline_producer_capture_to_broker_seconds_bucket{camera="camera-1",line="line-1",le="+Inf"} 30
            sortline_producer_capture_to_broker_seconds_bucket{camera="camera-1",line="line-2",le="+Inf"} 31
            sortline_producer_capture_to_broker_seconds_sum{camera="camera-1",line="line-1"} 0.25
            sortline_producer_capture_to_broker_seconds_sum{camera="camera-1",line="line-2"} 0.5
            """;

    @Test
    void countsThePicturesOfAllCamerasByWhatBecameOfThem() {
        // When
        ProducedFrames frames = ProducedFrames.of(METRICS);

        // Then
        assertThat(frames.allPublished()).isEqualTo(61);
        assertThat(frames.settled()).isEqualTo(63);
        assertThat(frames.published()).containsEntry("line-1", 30L).containsEntry("line-2", 31L);
    }

    @Test
    void addsUpTheirDelays() {
        // When
        ProducedFrames frames = ProducedFrames.of(METRICS);

        // Then
        assertThat(frames.withinSeconds()).containsEntry(0.01, 45L).containsEntry(Double.POSITIVE_INFINITY, 61L);
        assertThat(frames.delaySeconds()).isEqualTo(0.75, within(1e-9));
    }

    @Test
    void whatWasCountedBeforeIsTakenOff() {
        // Given
        ProducedFrames before = ProducedFrames.of(METRICS);
        ProducedFrames after =
                ProducedFrames.of(METRICS.replace(" 30.0", " 60.0").replace("} 20", "} 45"));

        // When
        ProducedFrames since = after.minus(before);

        // Then
        assertThat(since.allPublished()).isEqualTo(30);
        assertThat(since.published()).containsEntry("line-1", 30L).containsEntry("line-2", 0L);
        assertThat(since.withinSeconds()).containsEntry(0.01, 25L);
        assertThat(since.delaySeconds()).isZero();
    }
}
