// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands in the files that start the line in containers, as far as it can be told without any. */
class ComposeFilesTest {
    @Test
    void foldersOfTheHostAreMountedSoThatContainersMayReadThemUnderSelinux() throws IOException {
        // Given
        var compose = new YAMLMapper().readTree(Path.of("../docker-compose.yml").toFile());

        // When
        List<String> mounts = new ArrayList<>();
        compose.get("services")
                .forEach(service -> service.path("volumes").forEach(volume -> mounts.add(volume.asText())));
        mounts.removeIf(mount -> !mount.startsWith("./") && !mount.startsWith("${"));

        // Then
        assertThat(mounts).hasSizeGreaterThan(5).allSatisfy(mount -> assertThat(mount)
                .endsWith(":ro,z"));
    }

    @Test
    void dashboardGoesWithAnyPrometheus() throws IOException {
        // Given
        var dashboard = new JsonMapper()
                .readTree(Path.of("../grafana/dashboards/sortline.json").toFile());

        // When
        List<JsonNode> sources = dashboard.findValues("datasource");

        // Then
        assertThat(dashboard.at("/templating/list/0/type").asText()).isEqualTo("datasource");
        assertThat(sources)
                .filteredOn(source -> source.path("type").asText().equals("prometheus"))
                .hasSizeGreaterThan(10)
                .allSatisfy(source -> assertThat(source.path("uid").asText()).isEqualTo("${datasource}"));
    }
}
