// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.contract.Topic;
import dev.sortline.line.peers.ClassifyProcess;
import dev.sortline.line.peers.GatewayProcess;
import dev.sortline.line.peers.RoleProcess;
import dev.sortline.line.peers.Samples;
import dev.sortline.line.peers.SimplePlc;
import dev.sortline.line.peers.TestLineFile;
import dev.sortline.line.peers.TraceInbox;
import dev.sortline.line.peers.TraceInbox.Span;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.process.TopicSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A picture that is dropped into a folder, as OpenTelemetry sees it on its way through three processes. */
@Timeout(180)
@Tag("exhaustive")
class FrameTraceIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void frameIsOneTraceFromItsCaptureToItsShot() throws Exception {
        // Given
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        try (var broker = EmbeddedBroker.start();
                var plc = new SimplePlc();
                var traces = new TraceInbox()) {
            TopicSetup.createMissing(broker.clientProperties());
            String lineFile = TestLineFile.of(broker.bootstrapServers(), List.of("line-1"), 2, plc.port())
                    + "cameras: { line-1: { camera-1: { source: { type: folder, path: \"%s\" } } } }%n"
                            .formatted(pictures);
            Map<String, String> traced = traces.environment();
            try (var producer = RoleProcess.start("produce", lineFile, folder, traced);
                    var classifier = ClassifyProcess.start(lineFile, folder, traced);
                    var gateway = GatewayProcess.start(lineFile, folder, traced)) {
                await().atMost(SOON)
                        .until(() -> classifier.ready()
                                && gateway.ready()
                                && producer.log().contains("Filming with"));

                // When
                Files.write(pictures.resolve("item.jpg"), Samples.picture("glass"));
                await().atMost(SOON).until(() -> !plc.rises().isEmpty());
                await().atMost(SOON).until(() -> traces.spans().size() >= 7);
            }

            // Then
            Span capture = span(traces, "capture");
            Span sent = span(traces, "send " + Topic.FRAMES.topicName());
            Span decided = span(traces, "process " + Topic.FRAMES.topicName());
            Span settled = span(traces, "process " + Topic.ACTUATIONS.topicName());
            assertThat(traces.spans()).extracting(Span::trace).containsOnly(capture.trace());
            assertThat(capture.parent()).isEmpty();
            assertThat(List.of(sent.parent(), decided.parent(), settled.parent()))
                    .containsExactly(capture.id(), sent.id(), decided.id());
            assertThat(List.of("decode", "infer", "decide"))
                    .allSatisfy(
                            stage -> assertThat(span(traces, stage).parent()).isEqualTo(decided.id()));
            assertThat(capture.resource()).contains("sortline-produce");
            assertThat(decided.resource()).contains("sortline-classify");
            assertThat(settled.resource()).contains("sortline-gateway");
            // The belt takes two seconds from the camera to the ejector.
            assertThat(Duration.ofNanos(settled.endNanos() - capture.startNanos()))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        }
    }

    private static Span span(TraceInbox traces, String name) {
        var spans =
                traces.spans().stream().filter(span -> span.name().equals(name)).toList();
        assertThat(spans).as(name).hasSize(1);
        return spans.get(0);
    }
}
