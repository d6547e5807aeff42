// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.line.peers.ClassifyProcess;
import dev.sortline.line.peers.CommandProcess;
import dev.sortline.line.peers.GatewayProcess;
import dev.sortline.line.peers.RoleProcess;
import dev.sortline.line.peers.Samples;
import dev.sortline.line.peers.ShotItems;
import dev.sortline.line.peers.SimplePlc;
import dev.sortline.line.peers.TestCamera;
import dev.sortline.line.peers.TestLineFile;
import dev.sortline.line.peers.TopicLog;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.loopback.LoopbackPort;
import dev.sortline.process.TopicSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Classifier, gateway and console on a machine whose disk becomes full while they run: no file of theirs can grow any more, their logs' neither. */
@Timeout(180)
@EnabledIf(value = "limitsCanBeSet", disabledReason = "prlimit is not installed: no disk is made to look full")
class FullDiskIT {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String LINE = "line-1";

    @TempDir
    private Path folder;

    static boolean limitsCanBeSet() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(each -> Files.isExecutable(Path.of(each, "prlimit")));
    }

    @Test
    void lineGoesOnThroughAFullDisk() throws Exception {
        // Given
        try (var broker = EmbeddedBroker.start()) {
            TopicSetup.createMissing(broker.clientProperties());
            try (var plc = new SimplePlc();
                    var camera = new TestCamera(broker);
                    var events = new TopicLog<RoutingEvent>(
                            broker, Topic.ACTUATIONS.topicName(), new RoutingEventSerde().deserializer())) {
                String lineFile = TestLineFile.of(broker.bootstrapServers(), List.of(LINE), 5.0, plc.port())
                        + "gateway: { toleranceMillis: 300 }%nconsole: { port: %d }%n".formatted(LoopbackPort.free());
                try (var classifier = ClassifyProcess.start(lineFile, folder);
                        var gateway = GatewayProcess.start(lineFile, folder);
                        var console = RoleProcess.start("console", lineFile, folder)) {
                    var parts = List.of(classifier, gateway, console);
                    await().atMost(SOON).until(() -> parts.stream().allMatch(CommandProcess::ready));

                    // When
                    for (CommandProcess part : parts) {
                        fillTheDiskOf(part);
                    }
                    // What cannot be decoded is told in the log, which has no room.
                    camera.publish(LINE, 0, new byte[] {1});
                    int frames = publishUntilShots(camera, plc, 5);

                    // Then
                    await().atMost(SOON).until(() -> events.values().size() == frames);
                    assertThat(new ShotItems(List.of(LINE), events.values(), plc.shots()).wrong())
                            .isEmpty();
                    assertThat(parts)
                            .allSatisfy(part -> assertThat(part.ready()).isTrue());
                }
            }
        }
    }

    /** Not each of them need be in time where the machine is busy. */
    private static int publishUntilShots(TestCamera camera, SimplePlc plc, int shots) {
        int[] frames = {1};
        await().atMost(SOON).pollInterval(Duration.ofMillis(200)).until(() -> {
            int frame = frames[0]++;
            camera.publish(LINE, frame, "item-" + frame, Samples.picture("glass"));
            return plc.shots().size() >= shots;
        });
        return frames[0];
    }

    private static void fillTheDiskOf(CommandProcess part) throws IOException, InterruptedException {
        var limit = new ProcessBuilder("prlimit", "--pid", String.valueOf(part.pid()), "--fsize=0:")
                .inheritIO()
                .start();
        assertThat(limit.waitFor()).isZero();
    }
}
