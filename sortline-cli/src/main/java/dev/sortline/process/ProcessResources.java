// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import dev.sortline.metrics.DiskRoom;
import dev.sortline.metrics.LineMetric;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Memory of this process, which is more than the JVM's, and room in its folders. */
final class ProcessResources {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final double BYTES_PER_KIB = 1024;

    private ProcessResources() {}

    /** Of the process, and of the folders that every one has. */
    static void bindTo(MeterRegistry registry) {
        LineMetric.RESIDENT_MEMORY.gauge(registry, ProcessResources::residentBytes);
        DiskRoom.show(registry, "working", Path.of(""));
        DiskRoom.show(registry, "temporary", Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
    }

    /** Not a number where there is no Linux. */
    private static double residentBytes() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .mapToDouble(line -> BYTES_PER_KIB
                            * Long.parseLong(line.substring(RESIDENT.length()).replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException | RuntimeException e) {
            return Double.NaN;
        }
    }
}
