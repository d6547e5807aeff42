// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sortline.benchmarks.BenchmarkSettings;
import dev.sortline.benchmarks.CamerasBenchmark;
import dev.sortline.benchmarks.LatencyBenchmark;
import dev.sortline.benchmarks.OverloadBenchmark;
import dev.sortline.benchmarks.PeersBenchmark;
import dev.sortline.benchmarks.ScaleBenchmark;
import dev.sortline.benchmarks.ThroughputBenchmark;
import dev.sortline.benchmarks.line.TestBench;
import dev.sortline.benchmarks.report.BenchmarkReport;
import dev.sortline.camera.replay.ReplayImage;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.trainer.progress.ProgressListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each benchmark with a handful of frames, on one broker process: whether it runs and its report says what it must, not how fast. */
@Tag("exhaustive")
class BenchIT {
    private static final BenchmarkSettings FEW = new BenchmarkSettings(1, 60, 1, 2);
    private static final Path PICTURES = Path.of("../samples/belt");
    private static TestBench bench;

    @BeforeAll
    static void open() throws Exception {
        System.setProperty(
                "sortline.home", Path.of("..").toAbsolutePath().normalize().toString());
        bench = TestBench.open(PICTURES, ModelPackage.load(Path.of("../models/waste-mobilenet-v2")), Map.of());
    }

    @AfterAll
    static void close() throws Exception {
        bench.close();
    }

    @Test
    void throughputIsComparedWithTheBareLoop() throws Exception {
        // Given
        var settings = FEW;

        // When
        JsonNode report = json(ThroughputBenchmark.run(bench, settings, ProgressListener.SILENT));

        // Then
        assertConditions(report);
        assertThat(report.at("/ratioToBareLoop").asDouble())
                .isCloseTo(
                        report.at("/throughBroker/median").asDouble()
                                / report.at("/bareLoop/median").asDouble(),
                        within(1e-9))
                .isPositive();
    }

    @Test
    void latencyCountsEveryItemOfEveryLoad() throws Exception {
        // Given
        var settings = FEW;

        // When
        JsonNode report = json(LatencyBenchmark.run(bench, settings, ProgressListener.SILENT));

        // Then
        assertConditions(report);
        assertThat(report.at("/loads")).hasSize(4).allSatisfy(load -> {
            assertThat(load.get("events").asLong())
                    .isPositive()
                    .isLessThanOrEqualTo(load.get("frames").asLong());
            assertThat(load.get("p50").asDouble())
                    .isPositive()
                    .isLessThanOrEqualTo(load.get("p99").asDouble());
        });
        assertThat(report.at("/loads/1/frames").asLong()).isEqualTo(30);
        assertThat(report.at("/p50RatioToBareFrame").asDouble()).isPositive();
    }

    @Test
    void overloadKnowsTheFateOfEveryFrame() throws Exception {
        // Given
        var settings = FEW;

        // When
        JsonNode report = json(OverloadBenchmark.run(bench, settings, ProgressListener.SILENT));

        // Then
        assertConditions(report);
        JsonNode fates = report.get("fates");
        assertThat(fates.get("decided").asLong()
                        + fates.get("late").asLong()
                        + fates.get("unreadable").asLong())
                .isEqualTo(fates.get("published").asLong())
                .isPositive();
        assertThat(report.get("decidedWithinDeadline").asDouble()).isBetween(0.0, 1.0);
        assertThat(report.at("/fullRateRatio").isNumber()).isTrue();
        assertThat(report.at("/recoverySeconds").isNumber()).isTrue();
        assertThat(report.at("/residentGrowthMb").isNumber()).isTrue();
    }

    @Test
    void scaleMeasuresLinesAndInstances() throws Exception {
        // Given
        var sizes = new ScaleBenchmark.Sizes(List.of(2), List.of(2));

        // When
        JsonNode report = json(ScaleBenchmark.run(bench, FEW, sizes, ProgressListener.SILENT));

        // Then
        assertConditions(report);
        assertThat(report.at("/byLines/0/count").asInt()).isEqualTo(2);
        assertThat(report.at("/byLines/0/ratioToFirst").asDouble()).isEqualTo(1);
        assertThat(report.at("/byInstances/0/count").asInt()).isEqualTo(2);
        assertThat(report.at("/startUpSeconds/turns")).hasSize(1);
        assertThat(report.at("/memoryPerLineMb").isNumber()).isTrue();
    }

    @Test
    void peersGetTheSameFrames() throws Exception {
        // Given
        var settings = FEW;

        // When
        JsonNode report = json(PeersBenchmark.run(bench, settings, null, ProgressListener.SILENT));

        // Then
        assertConditions(report);
        assertThat(report.at("/ratioToPlainConsumer").asDouble()).isPositive();
        assertThat(report.at("/ratioToOnnxRuntime").asDouble()).isPositive();
        assertThat(report.at("/ratioToBestPeer").asDouble()).isPositive();
        assertThat(report.at("/sizes/1/pictures").asText()).isEqualTo("1920x1080");
        assertThat(report.at("/sizes/1/bestPeers"))
                .allSatisfy(peer -> assertThat(peer.get("batch").asInt()).isPositive());
        assertThat(report.at("/leftOut/0").asText()).contains("--python");
    }

    @Test
    void camerasGiveNoPictureThatHasNoFate() throws Exception {
        // Given
        var settings = FEW;

        // When
        JsonNode report = json(CamerasBenchmark.run(bench, settings, ProgressListener.SILENT));

        // Then
        assertConditions(report);
        assertThat(List.of(report.get("mjpeg"), report.get("many"))).allSatisfy(filmed -> {
            assertThat(filmed.get("settled").asLong())
                    .isEqualTo(filmed.get("given").asLong())
                    .isPositive();
            assertThat(filmed.at("/processors/median").asDouble()).isPositive();
            assertThat(filmed.at("/delay/meanMillis").asDouble()).isPositive();
        });
        assertThat(report.at("/many/cameras").asInt()).isEqualTo(16);
    }

    private static JsonNode json(BenchmarkReport report) {
        assertThat(report.lines()).isNotEmpty();
        return new ObjectMapper().valueToTree(report);
    }

    private static void assertConditions(JsonNode report) {
        assertThat(report.at("/conditions/machine/processors").asInt()).isPositive();
        assertThat(report.at("/conditions/model/name").asText()).isEqualTo("waste-mobilenet-v2");
        assertThat(report.at("/conditions/pictures").asInt())
                .isEqualTo(ReplayImage.inFolder(PICTURES).size());
        assertThat(report.at("/conditions/turns").asInt()).isEqualTo(1);
    }
}
