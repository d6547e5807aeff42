// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import dev.sortline.loopback.PrometheusText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code sortline gateway} in a process of its own. */
public final class GatewayProcess extends CommandProcess {
    private static final List<String> OPTIONS = List.of("-Xmx128m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");

    private GatewayProcess(String lineFile, Path folder, Map<String, String> environment) throws IOException {
        super("gateway", OPTIONS, lineFile, folder, environment);
    }

    /** Starts it with a line file that has all but {@code http}. */
    public static GatewayProcess start(String lineFile, Path folder) throws IOException {
        return start(lineFile, folder, Map.of());
    }

    /** The same with an environment of its own. */
    public static GatewayProcess start(String lineFile, Path folder, Map<String, String> environment)
            throws IOException {
        return new GatewayProcess(lineFile, folder, environment);
    }

    /** With one line, {@code line-1}. */
    public static GatewayProcess start(String bootstrapServers, int plcPort, Path folder) throws IOException {
        return start(TestLineFile.of(bootstrapServers, List.of("line-1"), 1.0, plcPort), folder);
    }

    /** How many events have had that fate; what is not yet measured is 0. */
    public int fate(String fate) {
        return fates().getOrDefault(fate, 0);
    }

    /** How many records it could make nothing of. */
    public int unreadable() {
        return PrometheusText.series(get("/metrics")).stream()
                .filter(series -> series.name().equals("sortline_gateway_unreadable_total"))
                .mapToInt(series -> (int) series.value())
                .sum();
    }

    /** How many events have had each fate. */
    public Map<String, Integer> fates() {
        return PrometheusText.series(get("/metrics")).stream()
                .filter(series -> series.name().equals("sortline_actuations_total"))
                .collect(Collectors.groupingBy(
                        series -> series.labels().get("fate"), Collectors.summingInt(series -> (int) series.value())));
    }
}
