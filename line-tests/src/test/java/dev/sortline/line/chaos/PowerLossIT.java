// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;
import static org.awaitility.Awaitility.await;

import dev.sortline.contract.Topic;
import dev.sortline.line.peers.ClassifyProcess;
import dev.sortline.line.peers.CommandProcess;
import dev.sortline.line.peers.GatewayProcess;
import dev.sortline.line.peers.ItemFilm;
import dev.sortline.line.peers.Progress;
import dev.sortline.line.peers.Samples;
import dev.sortline.line.peers.ShotItems;
import dev.sortline.line.peers.TestLineFile;
import dev.sortline.loopback.BrokerProcess;
import dev.sortline.process.TopicSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broker, classifier and gateway end at once while items are on their belts, and what they had on disk lies there in halves when they start
 * again. What a disk loses that it has confirmed, as a broker's that nobody told to wait for it, cannot be shown by killing processes.
 */
@Timeout(300)
@Tag("exhaustive")
class PowerLossIT {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final int ITEMS_PER_SECOND = 10;
    private static final double BELT_METRES = 5;
    /** For a machine that may be busy with other tests. */
    private static final String TOLERANT = "gateway: { toleranceMillis: 300 }\n";

    private static final List<String> LINES = List.of("line-1", "line-2");

    private BrokerProcess broker;
    private Controller controller;
    private Books books;
    private Progress progress;
    private ItemFilm film;
    private Path state;
    private Path caches;
    private String lineFile;
    private Service classifier;
    private Service gateway;

    /** What the processes said stays there where something is wrong. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @BeforeEach
    void startAndFillTheBelts() throws Exception {
        broker = BrokerProcess.start(folder);
        TopicSetup.createMissing(broker.clientProperties());
        controller = new Controller();
        books = new Books(broker);
        progress = new Progress(broker);
        film = new ItemFilm(broker, LINES, Integer.MAX_VALUE, ITEMS_PER_SECOND);
        state = folder.resolve("state");
        caches = folder.resolve("caches");
        lineFile = TestLineFile.of(broker.bootstrapServers(), LINES, BELT_METRES, controller.port())
                .concat(TOLERANT)
                .replace("kafka: { ", "kafka: { state.dir: \"%s\", ".formatted(state))
                // How the network is best run is measured, and kept on disk.
                .replace(Samples.INFERENCE, "{ intraOpThreads: 1 }");
        classifier = new Service(
                "classifier",
                () -> ClassifyProcess.start(lineFile, folder, Map.of("XDG_CACHE_HOME", caches.toString())),
                CommandProcess::ready);
        gateway = new Service("gateway", () -> GatewayProcess.start(lineFile, folder), CommandProcess::ready);
        awaitBoth();
        film.start();
        await().atMost(SOON).until(() -> controller.shots().size() > 10);
    }

    /** Where the broker takes longer to start than they wait for it, they end, and are started again as by systemd. */
    private void awaitBoth() {
        await().atMost(SOON).until(() -> {
            classifier.keepUp();
            gateway.keepUp();
            return classifier.ready() && gateway.ready();
        });
    }

    @AfterEach
    void stop() throws Exception {
        film.close();
        gateway.close();
        classifier.close();
        progress.close();
        books.close();
        controller.close();
        broker.close();
    }

    @Test
    void eachFrameHasOneFateAndNoItemIsShotTwiceWhateverLiesThereInHalves() throws Exception {
        // Given
        assertThat(files(state))
                .as("what the classifier keeps of frames and votes")
                .isEmpty();
        int shotsBefore = controller.shots().size();

        // When
        for (var part : List.<Trouble.Act>of(broker::kill, classifier::kill, gateway::kill)) {
            part.run();
        }
        halve(caches);
        broker.restart();
        classifier.startAgain();
        gateway.startAgain();
        awaitBoth();
        await().atMost(SOON).until(() -> controller.shots().size() > shotsBefore + 10);
        film.end();
        await().atMost(SOON).until(this::isQuiet);

        // Then
        var shots = new ShotItems(LINES, books.events(), controller.shots());
        assertSoftly(all -> {
            all.assertThat(books.frames()).as("frames").isEqualTo(film.published());
            books.mustBalance(all, shots);
        });
    }

    /** All frames and events have their fates. */
    private boolean isQuiet() throws Exception {
        return books.frames() >= film.published()
                && books.frames() == progress.end(Topic.FRAMES)
                && progress.classified() == progress.end(Topic.FRAMES)
                && books.events().size() == progress.end(Topic.ACTUATIONS)
                && progress.settled() == progress.end(Topic.ACTUATIONS)
                && books.setAside() == progress.end(Topic.DEAD_LETTERS);
    }

    /** As files are of which the end was still in memory: the first half of each, and of one nothing. */
    private static void halve(Path folder) throws IOException {
        for (Path file : files(folder)) {
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        }
        // Where other work disturbed the measuring, nothing was kept.
        Files.createFile(
                Files.createDirectories(folder.resolve("sortline/inference")).resolve("choice4711.new"));
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
