// SPDX-License-Identifier: Apache-2.0
package dev.sortline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.metrics.LineMetric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A metric's name stands in its declaration alone. */
class MetricNamesTest {
    private static final Pattern METER = Pattern.compile("\"(sortline\\.[a-z.]+)\"");
    private static final Pattern EXPORTED = Pattern.compile("\"sortline_[a-z_]+\"");

    /** Topics have names of the same form. */
    private static final Set<String> TOPICS = Set.of("sortline.frames", "sortline.actuations", "sortline.reviews");

    @Test
    void noMetricIsNamedElsewhere() throws IOException {
        // Given
        Set<String> meters =
                Arrays.stream(LineMetric.values()).map(LineMetric::meterName).collect(Collectors.toSet());

        // When
        List<String> named = sources()
                .flatMap(source -> METER.matcher(text(source))
                        .results()
                        .map(found -> found.group(1))
                        .filter(meters::contains)
                        .filter(name -> !(TOPICS.contains(name) && source.endsWith("contract/Topic.java")))
                        .map(name -> source.getFileName() + " " + name))
                .toList();

        // Then
        assertThat(named).isEmpty();
    }

    @Test
    void noneIsReadByALiteralName() throws IOException {
        // Given
        Set<String> exported = Arrays.stream(LineMetric.values())
                .flatMap(metric -> Stream.concat(Stream.of(metric.exportedName()), metric.exportedSeries().stream()))
                .map("\"%s\""::formatted)
                .collect(Collectors.toSet());

        // When
        List<String> named = sources()
                .flatMap(source -> EXPORTED.matcher(text(source)).results().map(MatchResult::group))
                .filter(exported::contains)
                .toList();

        // Then
        assertThat(named).isEmpty();
    }

    /** Micrometer's builders make meters that are declared nowhere. */
    @Test
    void everyMeterIsMadeByItsDeclaration() throws IOException {
        // Given
        var builder = Pattern.compile("\\b(Counter|Gauge|Timer|DistributionSummary|MultiGauge|TimeGauge)\\.builder\\(");

        // When
        List<String> builders = sources()
                .filter(source -> builder.matcher(text(source)).find())
                .map(source -> source.getFileName().toString())
                .toList();

        // Then
        assertThat(builders).isEmpty();
    }

    private static Stream<Path> sources() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            return modules
                    .map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .filter(folder ->
                            !folder.getParent().getParent().getParent().endsWith("line-metrics"))
                    .flatMap(MetricNamesTest::javaFiles)
                    .toList()
                    .stream();
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
