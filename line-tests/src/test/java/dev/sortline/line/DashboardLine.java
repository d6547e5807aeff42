// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import dev.sortline.line.peers.ClassifyProcess;
import dev.sortline.line.peers.ClusterCertificate;
import dev.sortline.line.peers.GatewayProcess;
import dev.sortline.line.peers.NetworkCameras;
import dev.sortline.line.peers.ProducerProcess;
import dev.sortline.line.peers.Prometheus;
import dev.sortline.line.peers.Reviewer;
import dev.sortline.line.peers.RoleProcess;
import dev.sortline.line.peers.Samples;
import dev.sortline.line.peers.SimplePlc;
import dev.sortline.line.peers.TestLineFile;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.loopback.LoopbackPort;
import dev.sortline.process.TopicSetup;
import java.nio.file.Path;
import java.util.Map;

/**
 * Two lines at work, from live cameras to a controller, somebody who reviews, and a Prometheus that scrapes all parts: what the dashboards are
 * looked at with.
 */
final class DashboardLine implements AutoCloseable {
    private static final double FRAMES_PER_SECOND = 5;
    /** The mix of the first line is about that of the model's card; that of the second has drifted from it. */
    private static final Map<String, Map<String, Integer>> ITEMS = Map.of(
            "line-1",
            Map.of("cardboard", 3, "glass", 4, "metal", 3, "paper", 5, "plastic", 4, "trash", 1, "empty", 4),
            "line-2",
            Map.of("cardboard", 6, "glass", 1, "metal", 1, "paper", 9, "plastic", 3, "trash", 2, "empty", 6));

    private final EmbeddedBroker broker;
    private final SimplePlc plc;
    private final NetworkCameras cameras;
    private final ClassifyProcess classifier;
    private final GatewayProcess gateway;
    private final ProducerProcess producer;
    private final RoleProcess console;
    private final Reviewer reviewer;
    private final Prometheus prometheus;

    private DashboardLine(Path folder) throws Exception {
        var lines = ITEMS.keySet().stream().sorted().toList();
        broker = EmbeddedBroker.start();
        TopicSetup.createMissing(Map.of("bootstrap.servers", broker.bootstrapServers()));
        plc = new SimplePlc();
        cameras = new NetworkCameras(ITEMS, FRAMES_PER_SECOND);
        int page = LoopbackPort.free();
        // The model is run as is best here, so that there is a figure of it.
        String lineFile = TestLineFile.of(broker.bootstrapServers(), lines, 1.0, plc.port())
                        .replace(Samples.INFERENCE, "{ intraOpThreads: 1 }")
                + cameras.settings(lines)
                + "reviews: { sampleShare: 1.0 }%nconsole: { port: %d }%n".formatted(page);
        var environment = ClusterCertificate.write(folder, 200).environment();
        classifier = ClassifyProcess.start(lineFile, folder, environment);
        gateway = GatewayProcess.start(lineFile, folder, environment);
        producer = ProducerProcess.start(lineFile, folder, environment);
        console = RoleProcess.start("console", lineFile, folder, environment);
        reviewer = new Reviewer(page);
        prometheus = Prometheus.start(
                folder,
                Map.of(
                        "classifier",
                        classifier.port(),
                        "gateway",
                        gateway.port(),
                        "producer",
                        producer.port(),
                        "console",
                        console.port()));
    }

    static DashboardLine start(Path folder) throws Exception {
        return new DashboardLine(folder);
    }

    Prometheus prometheus() {
        return prometheus;
    }

    /** Stops all of it; fails when a process has ended before. */
    @Override
    public void close() throws Exception {
        try {
            classifier.requireAlive();
            gateway.requireAlive();
            producer.requireAlive();
            console.requireAlive();
        } finally {
            prometheus.close();
            reviewer.close();
            console.close();
            producer.close();
            gateway.close();
            classifier.close();
            cameras.close();
            plc.close();
            broker.close();
        }
    }
}
