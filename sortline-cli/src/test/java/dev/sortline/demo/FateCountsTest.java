// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.demo.DemoReport.Frames;
import dev.sortline.gateway.rules.EventFate;
import dev.sortline.metrics.LineMetric;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FateCountsTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void countsOnlyWhatCameOfItsLinesSinceItWasMade() {
        // Given
        frame("line-1");
        fire();
        var counts = new FateCounts(meters, Set.of("line-1", "line-2"));
        frame("line-1");
        frame("line-2");
        frame("try");
        fire();

        // When
        var frames = counts.frames(3);

        // Then
        assertThat(frames).isEqualTo(new Frames(3, 2, 0, 0, 0));
        assertThat(counts.firings()).containsEntry(EventFate.FIRED, 1L).containsEntry(EventFate.LATE, 0L);
    }

    private void frame(String line) {
        meters.counter(LineMetric.FRAMES.meterName(), "fate", "routed", "line", line)
                .increment();
    }

    private void fire() {
        meters.counter(LineMetric.ACTUATIONS.meterName(), "fate", EventFate.FIRED.word(), "line", "line-1")
                .increment();
    }
}
