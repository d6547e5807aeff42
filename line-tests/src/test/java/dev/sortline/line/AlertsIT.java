// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.line.peers.AlertInbox;
import dev.sortline.line.peers.ClassifyProcess;
import dev.sortline.line.peers.GatewayProcess;
import dev.sortline.line.peers.Samples;
import dev.sortline.line.peers.SimplePlc;
import dev.sortline.line.peers.TestCamera;
import dev.sortline.line.peers.TestLineFile;
import dev.sortline.line.peers.Watch;
import dev.sortline.loopback.Broker;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.process.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Parts of a running line are taken away, and somebody is called through a real Prometheus and a real Alertmanager; then they come back. */
@Tag("exhaustive")
@Timeout(600)
@EnabledIf(
        value = "dev.sortline.line.peers.WatchingProgram#areThere",
        disabledReason = "Prometheus or Alertmanager is not installed")
class AlertsIT {
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final String LINE = "line-1";
    /** A rule takes a line for one that runs when it has had more than 600 frames. */
    private static final long MILLIS_APART = 40;

    private final ScheduledExecutorService film = Executors.newSingleThreadScheduledExecutor();
    private final AtomicBoolean filming = new AtomicBoolean(true);
    private final AtomicLong frames = new AtomicLong();
    private final byte[] picture = Samples.picture("glass");
    private Broker broker;
    private SimplePlc plc;
    private TestCamera camera;
    private String lineFile;
    private ClassifyProcess classifier;
    private GatewayProcess gateway;
    private AlertInbox inbox;
    private Watch watch;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start();
        TopicSetup.createMissing(Map.of("bootstrap.servers", broker.bootstrapServers()));
        plc = new SimplePlc();
        camera = new TestCamera(broker);
        lineFile = TestLineFile.of(broker.bootstrapServers(), List.of(LINE), 1.0, plc.port());
        classifier = ClassifyProcess.start(lineFile, folder);
        gateway = GatewayProcess.start(lineFile, folder);
        inbox = new AlertInbox();
        watch = Watch.start(folder, inbox, Map.of("classifier", classifier, "gateway", gateway));
        await().atMost(SOON).until(() -> classifier.ready() && gateway.ready());
        var unused = film.scheduleAtFixedRate(this::publish, 0, MILLIS_APART, TimeUnit.MILLISECONDS);
        await().atMost(SOON).until(() -> watch.value("line:sortline_frames:increase1h") > 600);
    }

    @AfterEach
    void stop() throws Exception {
        film.shutdownNow();
        watch.close();
        inbox.close();
        gateway.close();
        classifier.close();
        camera.close();
        plc.close();
        broker.close();
    }

    /** One after the other on one line, for a line takes longest to start. */
    @Test
    void eachPartThatIsLostCallsSomebodyAndTellsWhenItIsBack() throws Exception {
        // When
        loseTheController();
        loseTheCamera();
        loseTheClassifier();

        // Then
        assertThat(inbox.told())
                .filteredOn(told -> told.name().equals("SortlineLineSilent"))
                .isNotEmpty()
                .allSatisfy(told -> assertThat(told.line()).isEqualTo(LINE))
                .allSatisfy(told -> assertThat(told.summary()).startsWith(LINE + " is silent"));
        assertThat(inbox.told())
                .filteredOn(told -> told.name().equals("SortlinePartDown"))
                .isNotEmpty()
                .allSatisfy(told -> assertThat(told.summary()).isEqualTo("No classifier answers"));
    }

    private void loseTheController() throws Exception {
        int port = plc.port();
        plc.close();
        awaitTold("SortlinePlcGone");
        plc = SimplePlc.on(port);
        awaitOver("SortlinePlcGone");
    }

    private void loseTheCamera() {
        filming.set(false);
        awaitTold("SortlineCameraGone");
        awaitTold("SortlineLineSilent");
        await().atMost(SOON).until(() -> watch.keptBack("SortlineCameraGone"));
        filming.set(true);
        awaitOver("SortlineLineSilent");
    }

    private void loseTheClassifier() throws Exception {
        classifier.kill();
        awaitTold("SortlinePartDown");
        await().atMost(SOON).until(() -> watch.keptBack("SortlineHeartbeatMissing"));
        classifier = ClassifyProcess.start(lineFile, folder);
        watch.look(Map.of("classifier", classifier, "gateway", gateway));
        awaitOver("SortlinePartDown");
        await().atMost(SOON).until(() -> gateway.ready());
    }

    private void awaitTold(String alert) {
        await(alert).atMost(SOON).until(() -> inbox.firing(alert));
    }

    private void awaitOver(String alert) {
        await(alert + " is over").atMost(SOON).until(() -> inbox.over(alert));
    }

    private void publish() {
        if (!filming.get()) {
            return;
        }
        try {
            camera.publish(LINE, frames.getAndIncrement(), picture);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
