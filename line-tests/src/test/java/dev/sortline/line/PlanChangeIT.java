// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.contract.Decision;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.line.peers.ClassifyProcess;
import dev.sortline.line.peers.Samples;
import dev.sortline.line.peers.TestCamera;
import dev.sortline.line.peers.TopicLog;
import dev.sortline.linefile.GlassOnly;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.process.TopicSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sorting plan that is changed while {@code sortline classify} runs. */
class PlanChangeIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void changedPlanDecidesFromTheNextItemOnAndABadOneChangesNothing() throws Exception {
        // Given
        try (var broker = EmbeddedBroker.start()) {
            TopicSetup.createMissing(Map.of("bootstrap.servers", broker.bootstrapServers()));
            try (var camera = new TestCamera(broker);
                    var actuations = new TopicLog<>(
                            broker, Topic.ACTUATIONS.topicName(), new RoutingEventSerde().deserializer());
                    var process = ClassifyProcess.start(broker, List.of("line-1"), folder)) {
                await().atMost(SOON).until(process::ready);
                var picture = Samples.picture("glass");
                camera.publish("line-1", 1, picture);
                await().atMost(SOON).until(() -> actuations.values().size() == 1);
                Path plan = folder.resolve(ClassifyProcess.PLAN);

                // When: nothing is sure enough for this plan, and the next is none
                Files.writeString(plan, GlassOnly.yaml(1.0));
                await().atMost(SOON).until(() -> process.log().contains(" changed from edition "));
                camera.publish("line-1", 2, picture);
                await().atMost(SOON).until(() -> actuations.values().size() == 2);
                Files.writeString(plan, GlassOnly.yaml(100));
                await().atMost(SOON).until(() -> process.get("/metrics")
                        .contains("sortline_plan_refused{plan=\"glass-only\"} 1.0"));
                camera.publish("line-1", 3, picture);
                await().atMost(SOON).until(() -> actuations.values().size() == 3);

                // Then
                var events = actuations.values();
                assertThat(events)
                        .extracting(RoutingEvent::decision)
                        .containsExactly(Decision.SORT, Decision.UNCERTAIN, Decision.UNCERTAIN);
                assertThat(events.get(1).planEdition())
                        .isNotEqualTo(events.get(0).planEdition());
                assertThat(events.get(2).planEdition()).isEqualTo(events.get(1).planEdition());
                assertThat(process.log())
                        .contains("Plan glass-only stays at edition "
                                + events.get(1).planEdition())
                        .contains("glass-only.yaml:8:5: fractions.sorted.leastConfidence: leastConfidence is 100.0");
            }
        }
    }
}
