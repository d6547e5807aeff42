// SPDX-License-Identifier: Apache-2.0
package dev.sortline.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeclaredOnlyTest {
    private final List<String> told = new ArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    DeclaredOnlyTest() {
        registry.config().meterFilter(new DeclaredOnly(told::add));
    }

    @Test
    void whatIsDeclaredAndWhatOthersMeasureIsKept() {
        // When
        LineMetric.FRAMES
                .counter(registry)
                .withTags("line", "line-1", "fate", "late")
                .increment();
        registry.counter("jvm.classes").increment();

        // Then
        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .containsExactlyInAnyOrder("sortline.frames", "jvm.classes");
        assertThat(told).isEmpty();
    }

    @Test
    void aMistakeMeasuresNothingAndIsTold() {
        // When
        registry.counter("sortline.frams").increment();
        LineMetric.FRAMES
                .counter(registry)
                .withTags("line", "line-1", "fate", "eaten")
                .increment();

        // Then
        assertThat(registry.getMeters()).extracting(Meter::getId).isEmpty();
        assertThat(told)
                .containsExactly(
                        "sortline.frams is not declared", "sortline.frames has fate 'eaten', which is not declared");
    }
}
