// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.linefile.LineFile;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What stands in the files that start the line in containers, as far as it can be told without any. */
class ComposeFilesTest {
    private static final Set<String> OURS = Set.of("classifier", "gateway", "plc", "console", "producer");

    @Test
    void foldersOfTheHostAreMountedSoThatContainersMayReadThemUnderSelinux() throws IOException {
        // Given
        var services = services();

        // When
        List<String> mounts = new ArrayList<>();
        services.values().forEach(service -> mounts.addAll(texts(service, "volumes")));
        mounts.removeIf(mount -> !mount.startsWith("./") && !mount.startsWith("${"));

        // Then
        assertThat(mounts).hasSizeGreaterThan(5).allSatisfy(mount -> assertThat(mount)
                .endsWith(":ro,z"));
    }

    @Test
    void whatIsMountedIsThere() throws IOException {
        // Given
        var services = services();

        // When
        List<String> mounts = new ArrayList<>();
        services.values().forEach(service -> mounts.addAll(texts(service, "volumes")));
        mounts.removeIf(mount -> !mount.startsWith("./"));

        // Then
        assertThat(mounts).isNotEmpty().allSatisfy(mount -> assertThat(Path.of("..", mount.split(":", 2)[0]))
                .exists());
    }

    @Test
    void containersHaveNoRightsAndWriteToNothingButTheirHome() throws IOException {
        // Given
        var services = services();

        // When
        var ours = new TreeMap<>(services);
        ours.keySet().retainAll(OURS);

        // Then
        assertThat(ours.keySet()).isEqualTo(OURS);
        assertThat(ours).allSatisfy((name, service) -> {
            assertThat(service).containsEntry("read_only", true).containsKeys("mem_limit", "pids_limit");
            assertThat(texts(service, "cap_drop")).containsExactly("ALL");
            assertThat(texts(service, "security_opt")).containsExactly("no-new-privileges:true");
        });
    }

    @Test
    void portsAreOpenOnThisMachineAlone() throws IOException {
        // Given
        var services = services();

        // When
        List<String> ports = new ArrayList<>();
        services.values().forEach(service -> ports.addAll(texts(service, "ports")));

        // Then
        assertThat(ports).hasSizeGreaterThan(3).allSatisfy(port -> assertThat(port)
                .startsWith("127.0.0.1:"));
    }

    @Test
    void lineFileOfTheContainersHasTheSamplesBeltsAndLines() {
        // Given
        var sample = LineFile.load(Path.of("../samples/line.yaml"));

        // When
        var containers = LineFile.load(Path.of("../deploy/compose/line.yaml"));

        // Then
        assertThat(containers.lines())
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*place")
                .isEqualTo(sample.lines());
        assertThat(containers.drivers()).containsOnlyKeys("plc-1");
        assertThat(containers.gateway().dryRun()).isFalse();
    }

    private static Map<String, Map<String, Object>> services() throws IOException {
        try (Reader file = Files.newBufferedReader(Path.of("../docker-compose.yml"))) {
            Map<String, Map<String, Map<String, Object>>> compose = new Yaml().load(file);
            return compose.get("services");
        }
    }

    private static List<String> texts(Map<String, Object> service, String key) {
        return service.get(key) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    @Test
    void grafanaOpensWithADashboardThatIsThere() throws IOException {
        // Given
        Object environment = services().get("grafana").get("environment");

        // When
        String home = environment instanceof Map<?, ?> variables
                ? String.valueOf(variables.get("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"))
                : "";

        // Then
        assertThat(Path.of("../grafana/dashboards", Path.of(home).getFileName().toString()))
                .isRegularFile();
    }
}
