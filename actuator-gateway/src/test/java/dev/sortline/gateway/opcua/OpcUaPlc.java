// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.driver.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A controller in a process of its own that is an OPC UA server, by node-opcua, and how the gateway is told of it. */
final class OpcUaPlc implements AutoCloseable {
    static final String SECURED = "secured";
    static final String OPEN = "open";
    static final String DISTRUSTFUL = "distrustful";

    private static final String EJECTORS = db("\"Ejector\"[{ejector}]");

    /** The longest that may be set: the peer shares its processor with other tests. */
    private static final int TIMEOUT_MILLIS = 500;

    private final Peer peer;

    private OpcUaPlc(Peer peer) {
        this.peer = peer;
    }

    static OpcUaPlc start(int port, Path certificates, String manner) throws IOException, InterruptedException {
        var peer = Peer.node("opcua-plc.cjs", port, certificates, manner, "gateway", "secret");
        peer.awaitLine("serving");
        return new OpcUaPlc(peer);
    }

    /** A node of its data block, by the namespace's URI: its index is the controller's own affair. */
    static String db(String path) {
        return "nsu=http://plc.example/program;s=\"DB_Sort\"." + path;
    }

    static OpcUaClientLine line() {
        return new OpcUaClientLine(
                Map.of("1-8", EJECTORS),
                db("\"Heartbeat\""),
                db("\"Shot\""),
                db("\"Item\""),
                db("\"Lane\""),
                db("\"Confidence\""),
                null);
    }

    /** A line with one ejector and nothing else. */
    static OpcUaClientLine lineOf(String ejector) {
        return new OpcUaClientLine(Map.of("3", ejector), null, null, null, null, null, null);
    }

    /** Logs in, at {@code folder} with the gateway's certificates and the file {@code password}. */
    static OpcUaClientSettings secured(int port, Path folder, OpcUaClientLine line) {
        return new OpcUaClientSettings(
                "opc.tcp://localhost:" + port,
                null,
                folder.resolve("certificates"),
                "gateway",
                folder.resolve("password"),
                TIMEOUT_MILLIS,
                Map.of("line-1", line));
    }

    static OpcUaClientSettings open(int port, OpcUaClientLine line) {
        return new OpcUaClientSettings(
                "opc.tcp://localhost:" + port, "none", null, null, null, TIMEOUT_MILLIS, Map.of("line-1", line));
    }

    /** A controller that has just been started on a busy machine may not answer the first knock in time: it is asked until it refuses with these words. */
    static void awaitRefusal(ActuatorDriver driver, String... words) {
        await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
            var knocking = assertThatThrownBy(driver::connect);
            driver.disconnect();
            knocking.isInstanceOf(IOException.class).hasMessageContainingAll(words);
        });
    }

    /** As an administrator does: has the gateway knock, and moves the controller's certificate to those that are trusted. */
    static void trust(int port, Path folder) throws IOException {
        awaitRefusal(secured(port, folder, line()).open("stranger"), "not trusted");
        Path certificates = folder.resolve("certificates");
        try (var rejected = Files.list(certificates.resolve("rejected"))) {
            for (Path certificate : rejected.toList()) {
                Files.move(
                        certificate,
                        certificates.resolve("pki/trusted/certs").resolve(certificate.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** What was written, in order. */
    List<String> writes() {
        return peer.lines().stream().filter(line -> line.startsWith("\"")).toList();
    }

    void awaitWrites(int count) {
        await().atMost(60, TimeUnit.SECONDS).until(() -> writes().size() >= count);
    }

    void awaitWrite(String write) {
        peer.awaitLine(write);
    }

    @Override
    public void close() throws InterruptedException {
        peer.close();
    }
}
