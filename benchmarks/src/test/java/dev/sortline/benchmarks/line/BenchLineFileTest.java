// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.Topic;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchLineFileTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 12, 64})
    void linesLieEvenlyOnThePartitions(int count) {
        // Given
        List<String> lines = BenchLineFile.evenly("line", count);

        // When: as Kafka's producer chooses a partition by its key
        var byPartition = lines.stream()
                .map(line -> Utils.toPositive(Utils.murmur2(Utils.utf8(line))) % Topic.PARTITIONS)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        // Then
        assertThat(lines).doesNotHaveDuplicates().hasSize(count);
        assertThat(byPartition).hasSize(Math.min(count, Topic.PARTITIONS));
        assertThat(byPartition.values()).allMatch(lying -> lying <= (count + Topic.PARTITIONS - 1) / Topic.PARTITIONS);
    }

    @Test
    void everyLabelButTheEmptyBeltHasAnEjector() {
        // Given
        BenchLineFile lineFile = BenchLineFile.sample(List.of("line-1"));

        // When
        String text =
                lineFile.text("127.0.0.1:9092", "group", "model", 8080, "all.yaml", List.of("empty", "glass", "metal"));

        // Then
        assertThat(text)
                .contains("\"glass\"", "\"metal\"", "\"distanceMetres\":2.5")
                .doesNotContain("\"empty\"");
    }

    @Test
    void engineIsLeftToTheClassifierUnlessItIsSet() {
        // Given
        var measured = BenchLineFile.endless(List.of("line-1"));
        var set = measured.withInference(Map.of("engine", "tflite"));

        // When
        String first = measured.text("127.0.0.1:9092", "group", "model", 8080, "all.yaml", List.of("glass"));
        String second = set.text("127.0.0.1:9092", "group", "model", 8080, "all.yaml", List.of("glass"));

        // Then
        assertThat(first).doesNotContain("inference");
        assertThat(second).contains("\"inference\":{\"engine\":\"tflite\"}");
    }

    @Test
    void everyLabelButTheEmptyBeltIsAFraction() {
        // Given
        List<String> labels = List.of("empty", "glass", "metal");

        // When
        String text = BenchLineFile.planText(labels);

        // Then
        assertThat(text)
                .contains("\"labels\":[\"glass\"]", "\"labels\":[\"metal\"]")
                .doesNotContain("\"empty\"");
    }

    @Test
    void camerasStandUnderTheirLines() {
        // Given
        BenchLineFile lineFile =
                BenchLineFile.endless(List.of("line-1")).withCameras(Map.of("line-1", "http://127.0.0.1:1/1"));

        // When
        String text = lineFile.text("127.0.0.1:9092", "group", "model", 8080, "all.yaml", List.of("glass"));

        // Then
        assertThat(text).contains("\"cameras\":{\"line-1\":{\"camera-1\":{\"source\":{", "http://127.0.0.1:1/1");
    }
}
