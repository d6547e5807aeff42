// SPDX-License-Identifier: Apache-2.0
package dev.sortline.loopback;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker in this process: one node in KRaft mode, on loopback, on free ports, its logs in a folder that goes
 * with it. For the demo and for tests; it replicates nothing.
 */
public final class EmbeddedBroker implements Broker {
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
        return start(settings -> {});
    }

    /**
     * As {@link #start()}, with other settings.
     *
     * @param change changes the broker's own, by name: doors may be added, say, but that for clients stays
     */
    public static EmbeddedBroker start(Consumer<Map<String, String>> change) throws IOException {
        Path folder = Files.createTempDirectory("sortline-broker-");
        String address = "127.0.0.1:" + LoopbackPort.free();
        Map<String, String> settings = KraftProperties.of(address, folder);
        change.accept(settings);
        format(folder);
        var server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        server.startup();
        return new EmbeddedBroker(folder, address, server);
    }

    @Override
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

    private static void format(Path folder) throws IOException {
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(KraftProperties.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(KraftProperties.CONTROLLER_LISTENER)
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
