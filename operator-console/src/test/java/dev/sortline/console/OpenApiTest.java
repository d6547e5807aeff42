// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sortline.console.web.Json;
import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.PlanEdition;
import dev.sortline.sorting.PlanInForce;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the description to what is really served. */
class OpenApiTest {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    private static final BeltGeometry BELT = new BeltGeometry(
            2,
            20,
            "R",
            null,
            Map.of("cam-1", new BeltGeometry.Camera(0)),
            Map.of(
                    "M", new BeltGeometry.Ejector(2, 2, 15),
                    "G", new BeltGeometry.Ejector(1, 1, 15),
                    "T", new BeltGeometry.Ejector(3, 3, 15)));

    @TempDir
    private Path model;

    private OperatorConsole console;
    private JsonNode description;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(model.resolve("model.json"), "{\"name\":\"waste\",\"version\":\"1\",\"inputSize\":96}");
        Files.writeString(model.resolve("labels.txt"), "green-glass\nwhite-glass\nempty\n");
        var plan = new PlanInForce(new PlanEdition("materials", "000000000001", Events.PLAN));
        Map<String, Line> lines = new LinkedHashMap<>();
        lines.put("line-1", new Line("line-1", BELT, plan));
        lines.put("try", new Line("try", new BeltGeometry(1, 0, "R", null, null, Map.of()), plan));
        console = OperatorConsole.start(
                new ConsoleSettings(
                        Map.of("bootstrap.servers", "127.0.0.1:1"),
                        lines,
                        Optional.of("try"),
                        List.of(plan),
                        model,
                        Optional.of(model),
                        Map.of("morning", new Shift("06:00", "14:00")),
                        ConsoleSettings.Access.onLoopback(0)),
                new SimpleMeterRegistry());
        try (InputStream yaml = OperatorConsole.class.getResourceAsStream("openapi.yaml")) {
            description = new YAMLMapper().readTree(yaml);
        }
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void everyRouteIsDescribedAndEveryDescriptionIsServed() {
        // When
        Set<String> described = new TreeSet<>();
        description.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(operation -> METHODS.contains(operation.getKey()))
                .forEach(operation -> described.add(operation.getKey() + " " + path.getKey() + " "
                        + operation.getValue().path("x-role").asText())));

        // Then
        Set<String> served = new TreeSet<>();
        console.routes()
                .forEach(route -> served.add(
                        (route.method() + " " + route.path().replace('<', '{').replace('>', '}') + " " + route.role())
                                .toLowerCase(Locale.ROOT)));
        assertThat(described.stream().map(each -> each.toLowerCase(Locale.ROOT)))
                .containsExactlyInAnyOrderElementsOf(served);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        // When
        List<String> references = new ArrayList<>();
        description.findValuesAsText("$ref").forEach(references::add);

        // Then
        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            assertThat(reference).startsWith("#/");
            assertThat(description.at(reference.substring(1)).isMissingNode()).isFalse();
        });
    }

    @Test
    void setupTellsLinesPlansAndModels() throws Exception {
        // Given
        var request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + console.address().getPort() + "/api/setup"))
                .build();

        // When
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

        // Then
        JsonNode setup = Json.mapper().readTree(answer.body());
        assertThat(setup.path("lines").path(0).path("belt").path("ejectors").findValuesAsText("lane"))
                .containsExactly("G", "M", "T");
        assertThat(setup.path("lines").path(1).path("trial").asBoolean()).isTrue();
        assertThat(setup.path("trialLine").asText()).isEqualTo("try");
        assertThat(setup.path("plans").path(0).path("fits").asBoolean()).isFalse();
        assertThat(setup.path("plans").path(0).path("missing").path(0).asText()).isEqualTo("can");
        assertThat(setup.path("model").path("name").asText()).isEqualTo("waste");
        assertThat(setup.path("shadow").path("labels").size()).isEqualTo(3);
        assertThat(setup.path("shifts").path(0).path("from").asText()).isEqualTo("06:00");
        assertThat(setup.path("maxUploadBytes").asInt()).isEqualTo(4 << 20);
        assertThat(required(setup)).isEqualTo(required("Setup"));
    }

    private static Set<String> required(JsonNode answer) {
        Set<String> names = new TreeSet<>();
        answer.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private Set<String> required(String schema) {
        Set<String> names = new TreeSet<>();
        description.at("/components/schemas/" + schema + "/required").forEach(name -> names.add(name.asText()));
        return names;
    }
}
