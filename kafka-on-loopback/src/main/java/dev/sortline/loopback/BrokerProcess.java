// SPDX-License-Identifier: Apache-2.0
package dev.sortline.loopback;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/**
 * A real Kafka broker as a process: one node in KRaft mode on loopback, small in memory, so that it can go away and return with what it has stored. It
 * replicates nothing. Not for use by several threads.
 */
public final class BrokerProcess implements Broker {
    private static final List<String> OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(1);

    private final Path folder;
    private final Path properties;
    private final String address;
    private JavaProcess process;

    private BrokerProcess(Path folder, Path properties, String address) {
        this.folder = folder;
        this.properties = properties;
        this.address = address;
        process = run();
    }

    /**
     * Formats its storage, starts it and waits until it answers, about 5 s.
     *
     * @param folder where its storage goes and what it says; stays the caller's
     * @throws ProcessFailure when it does not come up within a minute
     */
    public static BrokerProcess start(Path folder) throws IOException, InterruptedException {
        return start(folder, folder);
    }

    /**
     * The same with its storage in another place.
     *
     * @param folder where what it says goes; stays the caller's
     * @param storage where its storage goes; stays the caller's
     * @throws ProcessFailure when it does not come up within a minute
     */
    public static BrokerProcess start(Path folder, Path storage) throws IOException, InterruptedException {
        String address = "127.0.0.1:" + LoopbackPort.free();
        Path properties = Files.writeString(folder.resolve("server.properties"), text(address, storage));
        try (var format = new JavaProcess(
                "broker-format",
                folder,
                OPTIONS,
                "kafka.tools.StorageTool",
                List.of("format", "-t", Uuid.randomUuid().toString(), "-c", properties.toString()))) {
            var unused = format.outputAtEnd(STARTS_WITHIN);
        }
        var broker = new BrokerProcess(folder, properties, address);
        try {
            broker.awaitAnswer();
            return broker;
        } catch (RuntimeException | InterruptedException e) {
            broker.close();
            throw e;
        }
    }

    @Override
    public String bootstrapServers() {
        return address;
    }

    /** Hangs: connections to it stay, and nothing answers. */
    public void freeze() throws IOException, InterruptedException {
        process.freeze();
    }

    /** Goes on where it was frozen. */
    public void thaw() throws IOException, InterruptedException {
        process.thaw();
    }

    /** Dies without an orderly end. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    /** Ends in order. */
    public void stop() throws InterruptedException {
        var unused = process.stop();
    }

    /** Whether it runs, be it frozen. */
    public boolean alive() {
        return process.alive();
    }

    /** Comes back with what it had stored; does not wait until it answers. */
    public void restart() {
        process = run();
    }

    @Override
    public void close() {
        // Its storage goes with it: nothing is worth an orderly end.
        process.close();
    }

    private JavaProcess run() {
        return new JavaProcess("broker", folder, OPTIONS, "kafka.Kafka", List.of(properties.toString()));
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
                    throw new ProcessFailure("the broker does not answer: " + e.getCause(), e);
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    private static String text(String address, Path storage) throws IOException {
        return KraftProperties.of(address, storage.resolve("broker")).entrySet().stream()
                .map(property -> property.getKey() + "=" + property.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
