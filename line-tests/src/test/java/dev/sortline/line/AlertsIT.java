// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.line.peers.AlertInbox;
import dev.sortline.line.peers.ClassifyProcess;
import dev.sortline.line.peers.ClusterCertificate;
import dev.sortline.line.peers.GatewayProcess;
import dev.sortline.line.peers.NetworkCameras;
import dev.sortline.line.peers.ProducerProcess;
import dev.sortline.line.peers.RoleProcess;
import dev.sortline.line.peers.Samples;
import dev.sortline.line.peers.SimplePlc;
import dev.sortline.line.peers.SmallDisk;
import dev.sortline.line.peers.TestCamera;
import dev.sortline.line.peers.TestLineFile;
import dev.sortline.line.peers.VersionedModel;
import dev.sortline.line.peers.Watch;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.loopback.JavaProcess;
import dev.sortline.loopback.LoopbackPort;
import dev.sortline.process.TopicSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Parts of running lines are taken away or do wrong, and somebody is called through a real Prometheus and a real Alertmanager; then they are mended. */
@Tag("exhaustive")
@Timeout(900)
@EnabledIf(
        value = "dev.sortline.line.peers.WatchingProgram#areThere",
        disabledReason = "Prometheus or Alertmanager is not installed")
class AlertsIT {
    /** What is called for when a part is lost. */
    static final Set<String> OF_LOSSES = Set.of(
            "SortlinePlcGone",
            "SortlineShotsUndelivered",
            "SortlineCameraGone",
            "SortlineLineSilent",
            "SortlinePartDown",
            "SortlineHeartbeatMissing");

    /** What is called for when all parts are there, but something does wrong. */
    static final Set<String> OF_FAULTS = Set.of(
            "SortlineCameraFrozen",
            "SortlineCameraSkew",
            "SortlineUnreadableShare",
            "SortlineLateShare",
            "SortlineErrorBudgetBurn",
            "SortlineConfidenceCollapse",
            "SortlinePurityUnderTarget",
            "SortlineLabelDrift",
            "SortlineCameraSight",
            "SortlineCameraDisconnected",
            "SortlineCertificateExpiry",
            "SortlineDiskFull",
            "SortlinePlanRefused",
            "SortlineModelRefused",
            "SortlineLag",
            "SortlineProcessDown",
            "SortlineLoopStall",
            "SortlineShotsLate");

    private static final Duration SOON = Duration.ofMinutes(4);
    /** The expected purity is that of six minutes here. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(9);

    private static final String LINE_OF_A_PRODUCER = "line-live";
    /** About that of the model's card. */
    private static final Map<String, Integer> MIX =
            Map.of("cardboard", 3, "glass", 4, "metal", 3, "paper", 5, "plastic", 4, "trash", 1);

    private static final int FRAMES_PER_SECOND = 5;
    private static final long MILLIS_APART = 1_000 / FRAMES_PER_SECOND / Fault.values().length;
    /** As many as come in 1.5 s: more than a loop may stand, less than a heartbeat may be missing. */
    private static final long FRAMES_OF_A_STALL = 1_500 / MILLIS_APART;

    private static final int FRAMES_OF_A_JAM = 1_200;
    private static final double BYTES_PER_SECOND_IN_A_JAM = 50_000;
    private static final long DISK_BYTES = 64L << 20;
    private static final int DAYS_OF_A_NEW_CERTIFICATE = 200;
    private static final int DAYS_OF_AN_OLD_CERTIFICATE = 5;

    private final ScheduledExecutorService film = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong frames = new AtomicLong();
    private final Map<Fault, Long> framesOfLine = new EnumMap<>(Fault.class);
    private final List<byte[]> mix = new ArrayList<>();
    private final List<byte[]> glass = Samples.pictures("glass");
    private final List<byte[]> unsure = Stream.of("metal", "plastic")
            .map(label -> Samples.blended(Samples.picture("glass"), Samples.picture(label)))
            .toList();
    private final Set<Fault> faults = ConcurrentHashMap.newKeySet();

    private EmbeddedBroker broker;
    private SimplePlc plc;
    private TestCamera camera;
    private NetworkCameras liveCamera;
    private Path model;
    private Path plan;
    private Optional<SmallDisk> disk = Optional.empty();
    private ClusterCertificate certificate;
    private String lineFile;
    private ClassifyProcess classifier;
    private GatewayProcess gateway;
    private ProducerProcess producer;
    private RoleProcess console;
    private AlertInbox inbox;
    private Watch watch;

    @TempDir
    private Path folder;

    /** What may be wrong with a line's frames. Each has a line of its own, so that they are suffered at once. */
    private enum Fault {
        SILENT,
        FROZEN,
        SLOW_CLOCK,
        DAMAGED,
        LATE,
        UNSURE,
        ONE_LABEL;

        String line() {
            return "line-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start();
        TopicSetup.createMissing(broker.clientProperties());
        plc = new SimplePlc();
        camera = new TestCamera(broker);
        liveCamera = new NetworkCameras(Map.of(LINE_OF_A_PRODUCER, MIX), FRAMES_PER_SECOND);
        model = VersionedModel.write(folder.resolve("model"), "1");
        plan = Files.copy(Samples.plan(), folder.resolve("plan.yaml"));
        disk = SmallDisk.mount(folder, DISK_BYTES);
        certificate = ClusterCertificate.write(folder, DAYS_OF_A_NEW_CERTIFICATE);
        var lines = Stream.concat(Arrays.stream(Fault.values()).map(Fault::line), Stream.of(LINE_OF_A_PRODUCER))
                .toList();
        lineFile = TestLineFile.of(broker.bootstrapServers(), lines, 1.0, plc.port())
                        .replace("model: " + Samples.model(), "model: " + model)
                        .replace("plan: " + Samples.plan(), "plan: " + plan)
                        .replace("frozenAfterFrames: 0", "frozenAfterFrames: 10")
                + liveCamera.settings(List.of(LINE_OF_A_PRODUCER))
                + "console: { port: %d }%n".formatted(LoopbackPort.free());
        classifier = ClassifyProcess.start(lineFile, folder);
        gateway = GatewayProcess.start(lineFile, folder);
        producer = ProducerProcess.start(lineFile, folder, Map.of());
        startTheConsole();
        await("all parts are ready").atMost(SOON).until(this::allReady);
        // Nobody is called for what has not been there yet.
        inbox = new AlertInbox();
        watch = Watch.start(folder, inbox, ports());
        MIX.forEach((label, count) ->
                IntStream.range(0, count).mapToObj(Samples.pictures(label)::get).forEach(mix::add));
        Collections.shuffle(mix, new Random(1));
        var unused = film.scheduleAtFixedRate(this::publish, 0, MILLIS_APART, TimeUnit.MILLISECONDS);
        await().atMost(SOON).until(() -> watch.value("count(line:sortline_frames:increase1h > 120)") == lines.size());
    }

    /** Fails with its log when one of them has ended. */
    private boolean allReady() {
        Stream.of(classifier, gateway, producer, console).forEach(JavaProcess::requireAlive);
        return classifier.ready() && gateway.ready() && console.ready();
    }

    @AfterEach
    void stop() throws Exception {
        film.shutdownNow();
        watch.close();
        inbox.close();
        console.close();
        producer.close();
        gateway.close();
        classifier.close();
        liveCamera.close();
        camera.close();
        plc.close();
        broker.close();
        if (disk.isPresent()) {
            disk.get().close();
        }
    }

    @Test
    void eachPartThatIsLostCallsSomebodyAndTellsWhenItIsBack() throws Exception {
        // When
        loseTheController();
        loseTheCamera();
        loseTheClassifier();
        loseTheLine();

        // Then
        assertThat(told()).containsAll(OF_LOSSES);
        assertThat(inbox.told())
                .filteredOn(told -> told.name().equals("SortlineLineSilent"))
                .isNotEmpty()
                .allSatisfy(told -> assertThat(told.line()).isEqualTo(Fault.SILENT.line()))
                .allSatisfy(told -> assertThat(told.summary()).startsWith(Fault.SILENT.line() + " is silent"));
        assertThat(inbox.told())
                .filteredOn(told -> told.name().equals("SortlinePartDown"))
                .isNotEmpty()
                .allSatisfy(told -> assertThat(told.summary()).isEqualTo("No classifier answers"));
    }

    private void loseTheController() throws Exception {
        int port = plc.port();
        plc.close();
        awaitTold("SortlinePlcGone", "SortlineShotsUndelivered");
        plc = SimplePlc.on(port);
        awaitOver("SortlinePlcGone", "SortlineShotsUndelivered");
    }

    private void loseTheCamera() {
        faults.add(Fault.SILENT);
        awaitTold("SortlineCameraGone", "SortlineLineSilent");
        await().atMost(SOON).until(() -> watch.keptBack("SortlineCameraGone"));
        faults.remove(Fault.SILENT);
        awaitOver("SortlineLineSilent");
    }

    private void loseTheClassifier() throws Exception {
        classifier.kill();
        awaitTold("SortlinePartDown");
        await().atMost(SOON).until(() -> watch.keptBack("SortlineHeartbeatMissing"));
        startTheClassifier(lineFile);
        awaitOver("SortlinePartDown");
        await().atMost(SOON).until(() -> gateway.ready());
    }

    /** Somebody takes a line out of the classifier's file that the gateway has yet. */
    private void loseTheLine() throws Exception {
        classifier.kill();
        startTheClassifier(lineFile.replaceAll(Fault.SILENT.line() + ": \\{[^}]*}(, )?", ""));
        awaitTold("SortlineHeartbeatMissing");
        classifier.kill();
        startTheClassifier(lineFile);
        awaitOver("SortlineHeartbeatMissing", "SortlinePartDown");
    }

    private void startTheClassifier(String lineFile) throws Exception {
        classifier = ClassifyProcess.start(lineFile, folder);
        watch.look(ports());
    }

    @Test
    @Timeout(1_800)
    void eachFaultCallsSomebodyAndTellsWhenItIsMended() throws Exception {
        // When
        String goodPlan = Files.readString(plan);
        Path labels = model.resolve("labels.txt");
        String goodLabels = Files.readString(labels);
        faults.addAll(EnumSet.complementOf(EnumSet.of(Fault.SILENT)));
        liveCamera.cover(true);
        Files.writeString(plan, "fractions: none\n");
        Files.writeString(labels, "glas\n");
        certificate.renew(DAYS_OF_AN_OLD_CERTIFICATE);
        if (disk.isPresent()) {
            disk.get().fill();
            awaitTold("SortlineDiskFull");
            disk.get().free();
        }
        awaitTold("SortlineCertificateExpiry", "SortlinePlanRefused", "SortlineModelRefused");
        awaitTold("SortlineCameraFrozen", "SortlineCameraSkew", "SortlineUnreadableShare", "SortlineCameraSight");
        awaitTold("SortlineLateShare", "SortlineErrorBudgetBurn", "SortlineConfidenceCollapse");
        awaitTold("SortlinePurityUnderTarget", "SortlineLabelDrift");
        faults.clear();
        liveCamera.cover(false);
        Files.writeString(plan, goodPlan);
        Files.writeString(labels, goodLabels);
        certificate.renew(DAYS_OF_A_NEW_CERTIFICATE);
        jamTheWay();
        unplugTheCamera();
        loseTheConsole();
        holdTheGatewayUp();

        // Then
        List<String> expected = OF_FAULTS.stream()
                .filter(alert -> disk.isPresent() || !alert.equals("SortlineDiskFull"))
                .toList();
        assertThat(told()).containsAll(expected);
        await().atMost(FORGOTTEN).untilAsserted(() -> assertThat(expected).allMatch(inbox::over));
        assertThat(inbox.told())
                .extracting(AlertInbox.Told::summary)
                .contains("camera-1 of " + Fault.FROZEN.line() + " is frozen")
                .contains("The model has become unsure on " + Fault.UNSURE.line());
    }

    /** More frames come than get through to the classifier. */
    private void jamTheWay() throws Exception {
        bound(BYTES_PER_SECOND_IN_A_JAM);
        film.execute(() -> IntStream.range(0, FRAMES_OF_A_JAM).forEach(frame -> publish(Fault.SILENT)));
        awaitTold("SortlineLag");
        bound(null);
    }

    /** @param bytesPerSecond that each consumer gets; {@code null} for as much as there is */
    private void bound(@Nullable Double bytesPerSecond) throws Exception {
        var everyClient = new ClientQuotaEntity(Collections.singletonMap(ClientQuotaEntity.CLIENT_ID, null));
        var quota = new ClientQuotaAlteration.Op("consumer_byte_rate", bytesPerSecond);
        try (var admin = Admin.create(broker.clientProperties())) {
            admin.alterClientQuotas(List.of(new ClientQuotaAlteration(everyClient, List.of(quota))))
                    .all()
                    .get();
        }
    }

    private void unplugTheCamera() throws Exception {
        liveCamera.unplug();
        awaitTold("SortlineCameraDisconnected");
        liveCamera.plugIn();
    }

    private void loseTheConsole() throws Exception {
        console.kill();
        awaitTold("SortlineProcessDown");
        startTheConsole();
        watch.look(ports());
    }

    /** Its temporary files are on a small disk, and it knows of a certificate. */
    private void startTheConsole() throws Exception {
        Map<String, String> environment = new HashMap<>(certificate.environment());
        disk.ifPresent(small -> environment.put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + small.folder()));
        console = RoleProcess.start("console", lineFile, folder, environment);
    }

    /** Again and again, for its worst stall is forgotten soon. */
    private void holdTheGatewayUp() throws Exception {
        await("SortlineLoopStall, SortlineShotsLate").atMost(SOON).until(() -> {
            gateway.freeze();
            awaitFrames(FRAMES_OF_A_STALL);
            gateway.thaw();
            awaitFrames(FRAMES_OF_A_STALL);
            return told().containsAll(Set.of("SortlineLoopStall", "SortlineShotsLate"));
        });
    }

    /** Where each job has its metrics. */
    private Map<String, Integer> ports() {
        return Map.of(
                "classifier",
                classifier.port(),
                "gateway",
                gateway.port(),
                "producer",
                producer.port(),
                "console",
                console.port());
    }

    private void awaitFrames(long count) {
        long since = frames.get();
        await().atMost(SOON).until(() -> frames.get() >= since + count);
    }

    /** The alerts that somebody was called for, over or not. */
    private Set<String> told() {
        return inbox.told().stream()
                .filter(AlertInbox.Told::firing)
                .map(AlertInbox.Told::name)
                .collect(Collectors.toSet());
    }

    private void awaitTold(String... alerts) {
        for (String alert : alerts) {
            await(alert).atMost(SOON).until(() -> inbox.firing(alert));
        }
    }

    private void awaitOver(String... alerts) {
        for (String alert : alerts) {
            await(alert + " is over").atMost(SOON).until(() -> inbox.over(alert));
        }
    }

    /** A frame of the line whose turn it is. */
    private void publish() {
        Fault[] all = Fault.values();
        publish(all[(int) (frames.getAndIncrement() % all.length)]);
    }

    private void publish(Fault of) {
        long frame = framesOfLine.merge(of, 1L, Long::sum);
        byte[] usual = inTurn(mix, frame);
        Instant now = Instant.now();
        try {
            if (!faults.contains(of)) {
                camera.publish(of.line(), frame, now, usual);
                return;
            }
            switch (of) {
                case SILENT -> {}
                case FROZEN -> camera.publish(of.line(), frame, now, mix.get(0));
                case SLOW_CLOCK -> camera.publish(of.line(), frame, now.minusMillis(700), usual);
                case DAMAGED -> camera.publish(of.line(), frame, now, frame % 8 == 0 ? new byte[] {1} : usual);
                case LATE -> camera.publish(of.line(), frame, now.minusSeconds(10), usual);
                case UNSURE -> camera.publish(of.line(), frame, now, inTurn(unsure, frame));
                case ONE_LABEL -> camera.publish(of.line(), frame, now, inTurn(glass, frame));
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] inTurn(List<byte[]> pictures, long frame) {
        return pictures.get((int) (frame % pictures.size()));
    }
}
