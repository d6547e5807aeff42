// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.metrics.LineMetric;
import org.junit.jupiter.api.Test;

class ProcessMetricsTest {
    @Test
    void theProcessItselfIsMeasured() {
        // Given
        try (var metrics = new ProcessMetrics()) {
            var registry = metrics.registry();

            // When
            double resident =
                    registry.get(LineMetric.RESIDENT_MEMORY.meterName()).gauge().value();
            double working = registry.get(LineMetric.DISK_FREE.meterName())
                    .tag("folder", "working")
                    .gauge()
                    .value();

            // Then
            assertThat(resident).isGreaterThan(1 << 20);
            assertThat(working).isPositive();
            assertThat(registry.scrape())
                    .contains("process_files_open_files", "process_files_max_files", "jvm_memory_used_bytes");
        }
    }

    @Test
    void whatIsNotDeclaredIsNotMeasured() {
        // Given
        try (var metrics = new ProcessMetrics()) {

            // When
            metrics.registry().counter("sortline.frams").increment();

            // Then
            assertThat(metrics.registry().scrape()).doesNotContain("sortline_frams");
        }
    }
}
