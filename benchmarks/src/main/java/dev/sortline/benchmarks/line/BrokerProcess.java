// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.line;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/** A Kafka broker as a process: one node in KRaft mode on loopback, small in memory. It replicates nothing. */
final class BrokerProcess implements AutoCloseable {
    private static final List<String> OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(1);

    private final JavaProcess process;
    private final String address;

    private BrokerProcess(JavaProcess process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Formats its storage, starts it and waits until it answers, about 5 s. */
    static BrokerProcess start(Path folder) throws IOException, InterruptedException {
        String address = "127.0.0.1:" + FreePort.find();
        Path properties = Files.writeString(
                folder.resolve("server.properties"),
                properties(folder.resolve("broker"), address, "127.0.0.1:" + FreePort.find()));
        try (var format = JavaProcess.start(
                "broker-format",
                folder,
                OPTIONS,
                "kafka.tools.StorageTool",
                List.of("format", "-t", Uuid.randomUuid().toString(), "-c", properties.toString()))) {
            var unused = format.outputAtEnd(STARTS_WITHIN);
        }
        var process = JavaProcess.start("broker", folder, OPTIONS, "kafka.Kafka", List.of(properties.toString()));
        var broker = new BrokerProcess(process, address);
        try {
            broker.awaitAnswer();
            return broker;
        } catch (RuntimeException | InterruptedException e) {
            broker.close();
            throw e;
        }
    }

    /** Client properties that lead to it. */
    Map<String, Object> clientProperties() {
        return Map.of("bootstrap.servers", address);
    }

    String address() {
        return address;
    }

    @Override
    public void close() {
        // Its storage goes with it: nothing is worth an orderly end.
        process.close();
    }

    private void awaitAnswer() throws InterruptedException {
        long deadline = System.nanoTime() + STARTS_WITHIN.toNanos();
        while (true) {
            process.requireAlive();
            try (Admin admin = Admin.create(Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                    address,
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    2_000,
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    2_000))) {
                var unused = admin.describeCluster().nodes().get();
                return;
            } catch (ExecutionException e) {
                if (System.nanoTime() > deadline) {
                    throw new BenchFailure("the broker does not answer: " + e.getCause(), e);
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    private static String properties(Path logs, String broker, String controller) {
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
                transaction.state.log.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                log.cleaner.dedupe.buffer.size=4194304
                """
                .formatted(broker, controller, logs);
    }
}
