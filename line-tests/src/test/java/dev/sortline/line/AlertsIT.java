// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.line.peers.AlertInbox;
import dev.sortline.line.peers.ClassifyProcess;
import dev.sortline.line.peers.CommandProcess;
import dev.sortline.line.peers.GatewayProcess;
import dev.sortline.line.peers.RoleProcess;
import dev.sortline.line.peers.Samples;
import dev.sortline.line.peers.SimplePlc;
import dev.sortline.line.peers.TestCamera;
import dev.sortline.line.peers.TestLineFile;
import dev.sortline.line.peers.VersionedModel;
import dev.sortline.line.peers.Watch;
import dev.sortline.loopback.Broker;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.loopback.LoopbackPort;
import dev.sortline.process.TopicSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Parts of a running line are taken away or do wrong, and somebody is called through a real Prometheus and a real Alertmanager; then they are mended. */
@Tag("exhaustive")
@Timeout(600)
@EnabledIf(
        value = "dev.sortline.line.peers.WatchingProgram#areThere",
        disabledReason = "Prometheus or Alertmanager is not installed")
class AlertsIT {
    private static final Duration SOON = Duration.ofMinutes(3);
    /** Shares are those of five minutes. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(7);

    private static final String LINE = "line-1";
    /** A rule takes a line for one that runs when it has had more than 600 frames. */
    private static final long MILLIS_APART = 40;
    /** As many as come in 1.5 s: more than a loop may stand, less than a heartbeat may be missing. */
    private static final int FRAMES_OF_A_STALL = 38;

    private final ScheduledExecutorService film = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong frames = new AtomicLong();
    private final List<byte[]> pictures = List.of(Samples.picture("glass"), Samples.picture("metal"));
    private volatile Fault fault = Fault.NONE;

    private Broker broker;
    private SimplePlc plc;
    private TestCamera camera;
    private Path model;
    private Path plan;
    private String lineFile;
    private ClassifyProcess classifier;
    private GatewayProcess gateway;
    private RoleProcess console;
    private AlertInbox inbox;
    private Watch watch;

    @TempDir
    private Path folder;

    private enum Fault {
        NONE,
        SILENT,
        FROZEN,
        SLOW_CLOCK,
        DAMAGED
    }

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start();
        TopicSetup.createMissing(Map.of("bootstrap.servers", broker.bootstrapServers()));
        plc = new SimplePlc();
        camera = new TestCamera(broker);
        model = VersionedModel.write(folder.resolve("model"), "1");
        plan = Files.copy(Samples.plan(), folder.resolve("plan.yaml"));
        lineFile = TestLineFile.of(broker.bootstrapServers(), List.of(LINE), 1.0, plc.port())
                        .replace("model: " + Samples.model(), "model: " + model)
                        .replace("plan: " + Samples.plan(), "plan: " + plan)
                        .replace("frozenAfterFrames: 0", "frozenAfterFrames: 10")
                + "console: { port: %d }%n".formatted(LoopbackPort.free());
        classifier = ClassifyProcess.start(lineFile, folder);
        gateway = GatewayProcess.start(lineFile, folder);
        console = RoleProcess.start("console", lineFile, folder);
        inbox = new AlertInbox();
        watch = Watch.start(folder, inbox, parts());
        await().atMost(SOON).until(() -> classifier.ready() && gateway.ready() && console.ready());
        var unused = film.scheduleAtFixedRate(this::publish, 0, MILLIS_APART, TimeUnit.MILLISECONDS);
        await().atMost(SOON).until(() -> watch.value("line:sortline_frames:increase1h") > 600);
    }

    @AfterEach
    void stop() throws Exception {
        film.shutdownNow();
        watch.close();
        inbox.close();
        console.close();
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
        fault = Fault.SILENT;
        awaitTold("SortlineCameraGone");
        awaitTold("SortlineLineSilent");
        await().atMost(SOON).until(() -> watch.keptBack("SortlineCameraGone"));
        fault = Fault.NONE;
        awaitOver("SortlineLineSilent");
    }

    private void loseTheClassifier() throws Exception {
        classifier.kill();
        awaitTold("SortlinePartDown");
        await().atMost(SOON).until(() -> watch.keptBack("SortlineHeartbeatMissing"));
        classifier = ClassifyProcess.start(lineFile, folder);
        watch.look(parts());
        awaitOver("SortlinePartDown");
        await().atMost(SOON).until(() -> gateway.ready());
    }

    @Test
    @Timeout(1_200)
    void eachFaultCallsSomebodyAndTellsWhenItIsMended() throws Exception {
        // When
        suffer(Fault.FROZEN, "SortlineCameraFrozen");
        suffer(Fault.SLOW_CLOCK, "SortlineCameraSkew");
        breakThePlan();
        breakTheModel();
        loseTheConsole();
        holdTheGatewayUp();
        suffer(Fault.DAMAGED, "SortlineUnreadableShare", FORGOTTEN);

        // Then
        assertThat(inbox.told())
                .filteredOn(told -> told.name().equals("SortlineCameraFrozen"))
                .isNotEmpty()
                .allSatisfy(told -> assertThat(told.summary()).isEqualTo("camera-1 of line-1 is frozen"));
    }

    private void suffer(Fault what, String alert) {
        suffer(what, alert, SOON);
    }

    private void suffer(Fault what, String alert, Duration overWithin) {
        fault = what;
        awaitTold(alert);
        fault = Fault.NONE;
        awaitOver(alert, overWithin);
    }

    private void breakThePlan() throws Exception {
        String good = Files.readString(plan);
        Files.writeString(plan, "fractions: none\n");
        awaitTold("SortlinePlanRefused");
        Files.writeString(plan, good);
        awaitOver("SortlinePlanRefused");
    }

    private void breakTheModel() throws Exception {
        Path labels = model.resolve("labels.txt");
        String good = Files.readString(labels);
        Files.writeString(labels, "glas\n");
        awaitTold("SortlineModelRefused");
        Files.writeString(labels, good);
        awaitOver("SortlineModelRefused");
    }

    private void loseTheConsole() throws Exception {
        console.kill();
        awaitTold("SortlineProcessDown");
        console = RoleProcess.start("console", lineFile, folder);
        watch.look(parts());
        awaitOver("SortlineProcessDown");
    }

    /** Again and again, for its worst stall is forgotten soon. */
    private void holdTheGatewayUp() throws Exception {
        await("SortlineLoopStall").atMost(SOON).until(() -> {
            gateway.freeze();
            awaitFrames(FRAMES_OF_A_STALL);
            gateway.thaw();
            awaitFrames(FRAMES_OF_A_STALL);
            return inbox.firing("SortlineLoopStall");
        });
        awaitOver("SortlineLoopStall");
    }

    /** What Prometheus looks at, by job. */
    private Map<String, CommandProcess> parts() {
        return Map.of("classifier", classifier, "gateway", gateway, "console", console);
    }

    private void awaitFrames(int count) {
        long since = frames.get();
        await().atMost(SOON).until(() -> frames.get() >= since + count);
    }

    private void awaitTold(String alert) {
        await(alert).atMost(SOON).until(() -> inbox.firing(alert));
    }

    private void awaitOver(String alert) {
        awaitOver(alert, SOON);
    }

    private void awaitOver(String alert, Duration within) {
        await(alert + " is over").atMost(within).until(() -> inbox.over(alert));
    }

    private void publish() {
        long frame = frames.getAndIncrement();
        byte[] picture = pictures.get((int) (frame % pictures.size()));
        Instant now = Instant.now();
        try {
            switch (fault) {
                case SILENT -> {}
                case NONE -> camera.publish(LINE, frame, now, picture);
                case FROZEN -> camera.publish(LINE, frame, now, pictures.get(0));
                case SLOW_CLOCK -> camera.publish(LINE, frame, now.minusMillis(700), picture);
                case DAMAGED -> camera.publish(LINE, frame, now, frame % 8 == 0 ? new byte[] {1} : picture);
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
