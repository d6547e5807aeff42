// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.line.peers.EventFeed;
import dev.sortline.line.peers.GatewayProcess;
import dev.sortline.line.peers.PlcPeer;
import dev.sortline.line.peers.ShotItems;
import dev.sortline.line.peers.SimplePlc;
import dev.sortline.line.peers.TestClassifier;
import dev.sortline.line.peers.TestLineFile;
import dev.sortline.loopback.Broker;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.process.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two {@code sortline gateway} that share twelve lines, each with a controller of its own so that it shows who fired. */
@Timeout(120)
class TwoGatewaysIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    // A dead one's lines are given away after a session of 6 s; nothing fires for half a second after a takeover.
    private static final Duration TAKEN_OVER_FROM_THE_DEAD = Duration.ofSeconds(8);
    private static final Duration HANDED_OVER = Duration.ofSeconds(2);

    private final List<String> lines = TestLineFile.linesOnEveryPartition();
    private Broker broker;
    private TestClassifier classifier;
    private EventFeed feed;
    private SimplePlc firstPlc;
    private SimplePlc secondPlc;
    private GatewayProcess first;
    private GatewayProcess second;

    @TempDir
    private Path folder;

    @BeforeEach
    void startBothAndFire() throws Exception {
        broker = EmbeddedBroker.start();
        TopicSetup.createMissing(Map.of("bootstrap.servers", broker.bootstrapServers()));
        classifier = new TestClassifier(broker.bootstrapServers(), lines);
        feed = new EventFeed(classifier, lines);
        firstPlc = new SimplePlc();
        secondPlc = new SimplePlc();
        first = gateway(firstPlc);
        await().atMost(SOON).until(first::ready);
        feed.start();
        await().atMost(SOON).until(() -> linesShotSince(firstPlc, Instant.MIN).size() == lines.size());
        second = gateway(secondPlc);
        await().atMost(SOON).until(() -> linesShotSince(secondPlc, Instant.MIN).size() == lines.size() / 2);
    }

    @AfterEach
    void stop() throws Exception {
        second.close();
        first.close();
        secondPlc.close();
        firstPlc.close();
        feed.close();
        classifier.close();
        broker.close();
    }

    @Test
    @Tag("exhaustive")
    void eachEventHasOneFateWhenLinesChangeHands() throws Exception {
        // When
        feed.awaitLastItem();

        // Then
        assertThat(wrongShots()).isEmpty();
        assertThat(fates())
                .as("%s and %s", first.fates(), second.fates())
                .isEqualTo(feed.published().size());
        assertThat(mostOwnersOfALine()).isEqualTo(2);
    }

    @Test
    void plannedStopHandsTheLinesOverAtOnce() throws Exception {
        // When
        Instant stopped = Instant.now();
        int exitCode = first.stop();
        awaitAllLinesAtTheSecondSince(stopped, HANDED_OVER);

        // Then
        assertThat(exitCode).as(first.log()).isZero();
        assertThat(wrongShots()).isEmpty();
        assertThat(mostOwnersOfALine()).isEqualTo(2);
    }

    @Test
    void killedGatewaysLinesAreTakenOverAfterItsSession() throws Exception {
        // When
        first.kill();
        awaitAllLinesAtTheSecondSince(Instant.now(), TAKEN_OVER_FROM_THE_DEAD);

        // Then
        assertThat(wrongShots()).isEmpty();
        assertThat(mostOwnersOfALine()).isEqualTo(2);
    }

    @Test
    @Tag("exhaustive")
    void gatewayThatWasFrozenFiresNothingThatIsPastOrTheOthers() throws Exception {
        // Given
        first.freeze();
        Instant frozen = Instant.now();
        awaitAllLinesAtTheSecondSince(frozen, TAKEN_OVER_FROM_THE_DEAD);

        // When
        Instant thawed = Instant.now();
        first.thaw();
        await().atMost(SOON).until(() -> linesShotSince(firstPlc, thawed).size() == lines.size() / 2);
        feed.awaitLastItem();

        // Then
        assertThat(wrongShots()).isEmpty();
        assertThat(mostOwnersOfALine()).isEqualTo(3);
    }

    private void awaitAllLinesAtTheSecondSince(Instant since, Duration within) {
        Instant end = since.plus(within);
        await().atMost(SOON).until(() -> linesShotSince(secondPlc, since).size() == lines.size());
        Instant last = lines.stream()
                .map(line -> secondPlc.shots().stream()
                        .filter(shot -> line(shot).equals(line) && shot.at().isAfter(since))
                        .map(PlcPeer.Shot::at)
                        .min(Comparator.naturalOrder())
                        .orElseThrow())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        System.out.printf(
                "The second gateway fires on all lines after %d ms%n",
                Duration.between(since, last).toMillis());
        assertThat(last).isBefore(end);
    }

    private int fates() {
        return Stream.of(first, second)
                .flatMap(gateway -> gateway.fates().values().stream())
                .mapToInt(count -> count)
                .sum();
    }

    private List<String> wrongShots() {
        var ofBoth = Stream.of(firstPlc, secondPlc)
                .flatMap(plc -> plc.shots().stream())
                .toList();
        return new ShotItems(lines, feed.published(), ofBoth).wrong();
    }

    private Set<String> linesShotSince(SimplePlc plc, Instant since) {
        return plc.shots().stream()
                .filter(shot -> shot.at().isAfter(since))
                .map(this::line)
                .collect(Collectors.toSet());
    }

    /** How often a line has had another gateway, and one: two that fire the same line would take turns. */
    private long mostOwnersOfALine() {
        record ByWhom(Instant at, SimplePlc plc) {}
        return lines.stream()
                .mapToLong(line -> {
                    List<SimplePlc> owners = Stream.of(firstPlc, secondPlc)
                            .flatMap(plc -> plc.shots().stream()
                                    .filter(shot -> line(shot).equals(line))
                                    .map(shot -> new ByWhom(shot.at(), plc)))
                            .sorted(Comparator.comparing(ByWhom::at))
                            .map(ByWhom::plc)
                            .toList();
                    return 1
                            + IntStream.range(1, owners.size())
                                    .filter(i -> owners.get(i) != owners.get(i - 1))
                                    .count();
                })
                .max()
                .orElseThrow();
    }

    private String line(PlcPeer.Shot shot) {
        return lines.get(shot.coil() / SimplePlc.COILS);
    }

    private GatewayProcess gateway(SimplePlc plc) throws Exception {
        return GatewayProcess.start(TestLineFile.of(broker.bootstrapServers(), lines, 1, plc.port()), folder);
    }
}
