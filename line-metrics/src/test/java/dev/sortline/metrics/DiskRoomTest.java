// SPDX-License-Identifier: Apache-2.0
package dev.sortline.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskRoomTest {
    @Test
    void folderThatIsNotThereYetHasTheDiskOfTheOneItWillBeIn(@TempDir Path folder) {
        // Given
        var registry = new SimpleMeterRegistry();

        // When
        DiskRoom.show(registry, "state", folder.resolve("later").resolve("state"));

        // Then
        assertThat(value(registry, LineMetric.DISK_SIZE))
                .isEqualTo((double) folder.toFile().getTotalSpace());
        assertThat(value(registry, LineMetric.DISK_FREE))
                .isPositive()
                .isLessThan(value(registry, LineMetric.DISK_SIZE));
    }

    private static double value(SimpleMeterRegistry registry, LineMetric metric) {
        return registry.get(metric.meterName()).tag("folder", "state").gauge().value();
    }
}
