// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.line;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrameFatesTest {

    @Test
    void linesAreAddedUpByFate() {
        // Given
        String metrics =
                """
                # TYPE sortline_frames_total counter
                sortline_frames_total{fate="routed",line="line-1"} 1200.0
                sortline_frames_total{fate="routed",line="line-2"} 1.0E7
                sortline_frames_total{fate="empty",line="line-1"} 30.0
                sortline_frames_total{fate="late",line="line-1"} 4.0
                sortline_frames_total{fate="unreadable",line="unknown"} 5.0
                sortline_frames_total{fate="repeated",line="line-1"} 6.0
                sortline_decisions_total{decision="sort",label="glass",lane="glass",line="line-1"} 77.0
                """;

        // When
        FrameFates fates = FrameFates.of(metrics);

        // Then
        assertThat(fates).isEqualTo(new FrameFates(10_001_200, 30, 4, 5, 6));
    }
}
