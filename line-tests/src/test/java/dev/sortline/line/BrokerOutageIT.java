// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.line.peers.EventFeed;
import dev.sortline.line.peers.GatewayProcess;
import dev.sortline.line.peers.ShotItems;
import dev.sortline.line.peers.SimplePlc;
import dev.sortline.line.peers.TestClassifier;
import dev.sortline.line.peers.TestLineFile;
import dev.sortline.loopback.BrokerProcess;
import dev.sortline.process.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code sortline gateway} while its broker is away for longer than the group of gateways waits for a member. */
@Timeout(120)
@Tag("exhaustive")
class BrokerOutageIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final List<String> LINES = List.of("line-1", "line-2");

    private BrokerProcess broker;
    private SimplePlc plc;
    private TestClassifier classifier;
    private EventFeed feed;
    private GatewayProcess gateway;

    @TempDir
    private Path folder;

    @BeforeEach
    void startAndFire() throws Exception {
        broker = BrokerProcess.start(folder);
        TopicSetup.createMissing(Map.of("bootstrap.servers", broker.bootstrapServers()));
        plc = new SimplePlc();
        classifier = new TestClassifier(broker.bootstrapServers(), LINES);
        feed = new EventFeed(classifier, LINES);
        gateway = GatewayProcess.start(TestLineFile.of(broker.bootstrapServers(), LINES, 1, plc.port()), folder);
        await().atMost(SOON).until(gateway::ready);
        feed.start();
        await().atMost(SOON).until(() -> plc.rises().size() > 10);
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        feed.close();
        classifier.close();
        plc.close();
        broker.close();
    }

    @Test
    void gatewayOutlivesABrokerThatIsKilledAndReturns() throws Exception {
        // Given
        broker.kill();
        Instant away = Instant.now();
        awaitGatewayToGiveUp();

        // When
        broker.restart();
        Instant back = Instant.now();
        awaitLastItems();

        // Then
        assertThatNothingWasFiredWronglyNorBetween(away, back);
    }

    @Test
    @Tag("exhaustive")
    void gatewayOutlivesABrokerThatHangsAndGoesOn() throws Exception {
        // Given
        broker.freeze();
        Instant away = Instant.now();
        awaitGatewayToGiveUp();

        // When
        broker.thaw();
        Instant back = Instant.now();
        awaitLastItems();

        // Then
        assertThatNothingWasFiredWronglyNorBetween(away, back);
    }

    private void awaitGatewayToGiveUp() {
        await().atMost(SOON)
                .until(() -> gateway.get("/health/ready").contains("line line-1: its heartbeat is missing"));
        await().atMost(SOON).until(() -> gateway.get("/health/ready").contains("kafka: has not confirmed"));
    }

    /** Until it fires again, and no item of the feed is left. */
    private void awaitLastItems() throws Exception {
        await().atMost(SOON).until(gateway::ready);
        int fired = gateway.fate("fired");
        await().atMost(SOON).until(() -> gateway.fate("fired") > fired + 10);
        feed.awaitLastItem();
    }

    private void assertThatNothingWasFiredWronglyNorBetween(Instant away, Instant back) throws Exception {
        var shots = new ShotItems(LINES, feed.published(), plc.shots());
        assertThat(shots.wrong()).isEmpty();
        Instant given = away.plusMillis(TestLineFile.WATCHDOG_MILLIS + TestLineFile.MOST_MILLIS_LATE);
        assertThat(plc.rises())
                .noneMatch(rise -> rise.at().isAfter(given) && rise.at().isBefore(back));
        // The events of the time between come when the broker is back, too late.
        assertThat(gateway.fate("late") + gateway.fate("past")).isPositive();
        assertThat(gateway.fates().values().stream().mapToInt(count -> count).sum())
                .isEqualTo(feed.published().size());
    }
}
