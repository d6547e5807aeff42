// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.awaitility.Awaitility.await;

import dev.sortline.demo.LoopbackPort;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.Uuid;

/** A real KRaft broker in a process of its own, so that it can go away and return with what it has stored. */
final class BrokerProcess implements Broker {
    private static final List<String> OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final Duration STARTED_WITHIN = Duration.ofSeconds(60);

    private final Path folder;
    private final Path properties;
    private final String address;
    private JavaProcess process;

    private BrokerProcess(Path folder, Path properties, String address) throws IOException {
        this.folder = folder;
        this.properties = properties;
        this.address = address;
        process = run();
    }

    /** Its storage is in the folder. Returns when it takes connections; it may not answer yet. */
    static BrokerProcess start(Path folder) throws IOException, InterruptedException {
        String address = "127.0.0.1:" + LoopbackPort.free();
        Path properties = Files.writeString(
                folder.resolve("server.properties"), properties(folder, address, "127.0.0.1:" + LoopbackPort.free()));
        try (var format = new JavaProcess(
                folder.resolve("format.log"),
                OPTIONS,
                "kafka.tools.StorageTool",
                "format",
                "-t",
                Uuid.randomUuid().toString(),
                "-c",
                properties.toString())) {
            if (format.awaitEnd() != 0) {
                throw new AssertionError(format.log());
            }
        }
        var broker = new BrokerProcess(folder, properties, address);
        await().atMost(STARTED_WITHIN).until(broker::listens);
        return broker;
    }

    @Override
    public String bootstrapServers() {
        return address;
    }

    /** Hangs: connections to it stay, and nothing answers. */
    void freeze() throws IOException, InterruptedException {
        process.freeze();
    }

    void thaw() throws IOException, InterruptedException {
        process.thaw();
    }

    void kill() throws InterruptedException {
        process.kill();
    }

    void restart() throws IOException {
        process = run();
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }

    private boolean listens() {
        int colon = address.indexOf(':');
        try (var socket = new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)))) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private JavaProcess run() throws IOException {
        return new JavaProcess(folder.resolve("broker.log"), OPTIONS, "kafka.Kafka", properties.toString());
    }

    private static String properties(Path folder, String broker, String controller) {
        return """
                process.roles=broker,controller
                node.id=1
                listeners=BROKER://%1$s,CONTROLLER://%2$s
                listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=BROKER
                controller.listener.names=CONTROLLER
                controller.quorum.voters=1@%2$s
                log.dirs=%3$s
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                group.initial.rebalance.delay.ms=0
                log.cleaner.dedupe.buffer.size=4194304
                """
                .formatted(broker, controller, folder.resolve("broker"));
    }
}
