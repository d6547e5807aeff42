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
import dev.sortline.line.peers.ItemFilm;
import dev.sortline.line.peers.Progress;
import dev.sortline.line.peers.ShotItems;
import dev.sortline.line.peers.SimplePlc;
import dev.sortline.line.peers.Successors;
import dev.sortline.line.peers.TestLineFile;
import dev.sortline.line.peers.TopicLog;
import dev.sortline.loopback.Broker;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.process.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten thousand items on twelve lines, from the camera to a controller's coils, while classifiers and gateways are killed, stopped and
 * joined by others. {@code -Dsortline.items=N} takes another number.
 */
@Timeout(600)
@Tag("exhaustive")
class ManyItemsIT {
    private static final int ITEMS = Integer.getInteger("sortline.items", 5_000);
    private static final int ITEMS_PER_SECOND = 60;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final double BELT_METRES = 3;

    private final List<String> lines = TestLineFile.linesOnEveryPartition();
    private Broker broker;
    private SimplePlc plc;
    private TopicLog<RoutingEvent> events;
    private Progress progress;
    private ItemFilm film;
    private String lineFile;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start();
        TopicSetup.createMissing(kafka());
        plc = new SimplePlc();
        events = new TopicLog<>(broker, Topic.ACTUATIONS.topicName(), new RoutingEventSerde().deserializer());
        progress = new Progress(broker);
        film = new ItemFilm(broker, lines, ITEMS, ITEMS_PER_SECOND);
        lineFile = TestLineFile.of(broker.bootstrapServers(), lines, BELT_METRES, plc.port());
    }

    @AfterEach
    void stop() throws Exception {
        film.close();
        progress.close();
        events.close();
        plc.close();
        broker.close();
    }

    @Test
    void noItemIsEjectedTwiceOrWronglyOrOutOfTimeWhateverIsKilled() throws Exception {
        // Given
        try (var classifiers = new Successors<>(() -> ClassifyProcess.start(lineFile, folder));
                var gateways = new Successors<>(() -> GatewayProcess.start(lineFile, folder))) {
            classifiers.join();
            gateways.join();
            await().atMost(SOON).until(() -> Stream.of(classifiers.newest(), gateways.newest())
                    .allMatch(CommandProcess::ready));

            // When
            film.start();
            film.awaitShown(0.08);
            gateways.join();
            film.awaitShown(0.20);
            gateways.killOldest();
            film.awaitShown(0.30);
            classifiers.killOldest();
            classifiers.join();
            film.awaitShown(0.48);
            gateways.join();
            film.awaitShown(0.58);
            gateways.stopOldest();
            film.awaitShown(0.64);
            classifiers.killOldest();
            classifiers.join();
            film.awaitShown(0.78);
            gateways.killOldest();
            long withFate = progress.settled();
            gateways.join();
            film.awaitShown(1);
            var last = gateways.newest();
            await().atMost(SOON).until(() -> last.ready() && fates(last) == end() - withFate);

            // Then
            var shots = new ShotItems(lines, events.values(), plc.shots());
            System.out.printf(
                    "%d items, %d decided to be sorted, %d shots (%d without their registers), late %s; the last gateway's fates %s%n",
                    ITEMS, shots.sorted(), shots.count(), shots.unnamed(), shots.toldLateness(), last.fates());
            assertThat(shots.wrong()).isEmpty();
            // A gateway that loses its controller for a moment has told the new connection of none of the items on the
            // belts, about a hundred. They are judged by their times.
            assertThat(shots.unnamed()).isLessThan(ITEMS / 20);
            // One in six is left alone, and for a third of the time there is no classifier, or no gateway for half of
            // the lines or all.
            assertThat(shots.count()).isGreaterThan(ITEMS / 4);
        }
    }

    private static long fates(GatewayProcess gateway) {
        return gateway.fates().values().stream().mapToLong(count -> count).sum();
    }

    private long end() {
        return events.records().size();
    }

    private Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }
}
