// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.contract.Heartbeat;
import dev.sortline.contract.HeartbeatSerde;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.line.peers.ClassifyProcess;
import dev.sortline.line.peers.GatewayProcess;
import dev.sortline.line.peers.Samples;
import dev.sortline.line.peers.SimplePlc;
import dev.sortline.line.peers.TestCamera;
import dev.sortline.line.peers.TestLineFile;
import dev.sortline.line.peers.TopicLog;
import dev.sortline.loopback.Broker;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.process.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code sortline classify} is lost while items that it has decided are still on their way to their ejector. */
@Timeout(120)
class ClassifierLossIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String LINE = "line-1";
    private static final double BELT_METRES = 5;

    private final ScheduledExecutorService film = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong frames = new AtomicLong();
    private final byte[] picture = Samples.picture("glass");
    private Broker broker;
    private SimplePlc plc;
    private TestCamera camera;
    private TopicLog<RoutingEvent> events;
    private TopicLog<Heartbeat> heartbeats;
    private ClassifyProcess classifier;
    private GatewayProcess gateway;

    @TempDir
    private Path folder;

    @BeforeEach
    void startAndFillTheBelt() throws Exception {
        broker = EmbeddedBroker.start();
        TopicSetup.createMissing(Map.of("bootstrap.servers", broker.bootstrapServers()));
        plc = new SimplePlc();
        camera = new TestCamera(broker);
        events = new TopicLog<>(broker, Topic.ACTUATIONS.topicName(), new RoutingEventSerde().deserializer());
        heartbeats = TopicLog.ofType(
                Heartbeat.TYPE, broker, Topic.HEARTBEATS.topicName(), new HeartbeatSerde().deserializer());
        String lineFile = TestLineFile.of(broker.bootstrapServers(), List.of(LINE), BELT_METRES, plc.port());
        classifier = ClassifyProcess.start(lineFile, folder);
        gateway = GatewayProcess.start(lineFile, folder);
        await().atMost(SOON).until(() -> classifier.ready() && gateway.ready());
        var unused = film.scheduleAtFixedRate(this::publish, 0, 200, TimeUnit.MILLISECONDS);
        await().atMost(SOON).until(() -> plc.rises().size() > 3);
    }

    @AfterEach
    void stop() throws Exception {
        film.shutdownNow();
        gateway.close();
        classifier.close();
        heartbeats.close();
        events.close();
        camera.close();
        plc.close();
        broker.close();
    }

    @Test
    @Tag("exhaustive")
    void nothingFiresAfterAKilledClassifiersLastHeartbeatHasRunOut() throws Exception {
        // Given
        film.shutdown();

        // When
        classifier.kill();
        Instant killed = Instant.now();
        awaitFates();

        // Then
        assertThatNothingFiredAfterTheWatchdog(killed);
    }

    @Test
    void nothingFiresAfterAFrozenClassifiersLastHeartbeatHasRunOutAndItGoesOnAfterwards() throws Exception {
        // Given
        film.shutdown();

        // When
        classifier.freeze();
        Instant frozen = Instant.now();
        awaitFates();

        // Then
        assertThatNothingFiredAfterTheWatchdog(frozen);
        int fired = gateway.fate("fired");
        int decided = events.values().size();
        classifier.thaw();
        await().atMost(SOON).until(gateway::ready);
        // Not each of them need be in time where the machine is busy.
        await().atMost(SOON).until(() -> {
            publish();
            return gateway.fate("fired") > fired;
        });
        await().atMost(SOON).untilAsserted(() -> assertThat(plc.rises()).hasSize(gateway.fate("fired")));
        // A frame from before that was not classified by then may still be in time; what was on the belt is not.
        Instant newOnes = events.values().stream()
                .skip(decided)
                .map(RoutingEvent::fireAt)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        var rises = plc.rises();
        assertThat(rises.subList(fired, rises.size()))
                .allSatisfy(rise -> assertThat(rise.at()).isAfter(newOnes.minusMillis(1)));
    }

    private void awaitFates() {
        await().atMost(SOON)
                .until(() -> gateway.fates().values().stream()
                                        .mapToInt(count -> count)
                                        .sum()
                                == events.values().size()
                        && gateway.fate("heartbeat_missing") > 0);
    }

    private void assertThatNothingFiredAfterTheWatchdog(Instant lost) {
        assertThat(heartbeats.values()).isNotEmpty().allSatisfy(heartbeat -> assertThat(heartbeat.sentAt())
                .isBefore(lost));
        Instant end = lost.plusMillis(TestLineFile.WATCHDOG_MILLIS + TestLineFile.MOST_MILLIS_LATE);
        assertThat(plc.rises()).hasSize(gateway.fate("fired")).allSatisfy(rise -> assertThat(rise.at())
                .isBefore(end));
        // What would have fired later: all that the belt holds beyond the watchdog's time.
        assertThat(events.values())
                .filteredOn(event -> event.fireAt() != null && event.fireAt().isAfter(end))
                .hasSizeGreaterThan(10)
                .hasSizeLessThanOrEqualTo(gateway.fate("heartbeat_missing"));
        assertThat(gateway.get("/health/ready")).contains("line line-1: its heartbeat is missing");
    }

    private void publish() {
        long frame = frames.getAndIncrement();
        try {
            camera.publish(LINE, frame, "item-" + frame, picture);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
