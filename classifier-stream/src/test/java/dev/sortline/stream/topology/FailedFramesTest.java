// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.classifier.network.ClassifierClosedException;
import dev.sortline.metrics.LineMetric;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler.Result;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailedFramesTest {
    @ParameterizedTest
    @MethodSource("faultsOfTheStream")
    void frameThatIsNotAtFaultIsNeitherRefusedNorCounted(Exception fault) {
        // Given
        var registry = new SimpleMeterRegistry();
        var frames = new FailedFrames();
        frames.configure(Map.of(FailedFrames.METRICS_CONFIG, new LineMetrics(registry)));

        // When
        var response = frames.handleError(null, new Record<>("line-1", "image", 0), fault);

        // Then
        assertThat(response.result()).isEqualTo(Result.FAIL);
        assertThat(registry.find(LineMetric.FRAMES.meterName()).counters()).isEmpty();
        assertThat(registry.find(LineMetric.DEAD_LETTERS.meterName()).counters())
                .isEmpty();
    }

    static Exception[] faultsOfTheStream() {
        return new Exception[] {
            new ClassifierClosedException(),
            new StreamsException("the cluster did not take an earlier record"),
            new InterruptException("being stopped")
        };
    }
}
