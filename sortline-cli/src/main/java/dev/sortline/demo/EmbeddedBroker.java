// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker in this process: one node in KRaft mode, on loopback, on free ports, its logs in a folder that goes
 * with it. For the demo and for tests; it replicates nothing.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final int NODE_ID = 1;

    private final Path folder;
    private final String address;
    private final KafkaRaftServer server;

    private EmbeddedBroker(Path folder, String address, KafkaRaftServer server) {
        this.folder = folder;
        this.address = address;
        this.server = server;
    }

    /**
     * Starts it and waits until it serves, about 2 s.
     *
     * @throws IOException when its folder cannot be made or its ports cannot be had
     */
    public static EmbeddedBroker start() throws IOException {
        Path folder = Files.createTempDirectory("sortline-broker-");
        String address = "127.0.0.1:" + LoopbackPort.free();
        Map<String, String> properties = properties(folder, address, "127.0.0.1:" + LoopbackPort.free());
        format(folder);
        var server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        server.startup();
        return new EmbeddedBroker(folder, address, server);
    }

    /** The value of {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return address;
    }

    /** Stops it and deletes what it stored. */
    @Override
    public void close() throws IOException {
        server.shutdown();
        server.awaitShutdown();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static Map<String, String> properties(Path folder, String broker, String controller) {
        Map<String, String> properties = new HashMap<>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", String.valueOf(NODE_ID));
        properties.put("listeners", "BROKER://" + broker + ",CONTROLLER://" + controller);
        properties.put("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("inter.broker.listener.name", "BROKER");
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("controller.quorum.voters", NODE_ID + "@" + controller);
        properties.put("log.dirs", folder.toString());
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("transaction.state.log.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("log.cleaner.dedupe.buffer.size", String.valueOf(4 << 20));
        return properties;
    }

    private static void format(Path folder) throws IOException {
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName("CONTROLLER")
                    .setDirectories(List.of(folder.toString()))
                    .setMetadataLogDirectory(folder.toString())
                    .run();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("cannot format the broker's folder " + folder, e);
        }
    }
}
