// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import dev.sortline.loopback.LoopbackPort;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real broker in this JVM with the doors that plants have: open, with a login, through TLS, and through TLS with a login. Who comes
 * through an open one may do everything; who logs in only what rules allow. Users' passwords are their names.
 */
final class SecuredBroker implements AutoCloseable {
    static final String STORE_PASSWORD = "only-for-tests";

    private final int open = LoopbackPort.free();
    private final int login = LoopbackPort.free();
    private final int tls = LoopbackPort.free();
    private final int tlsLogin = LoopbackPort.free();
    private final KafkaRaftServer server;

    SecuredBroker(Path folder) throws Exception {
        // It is called at the wrong door on purpose, and complains with stack traces.
        System.setProperty("org.slf4j.simpleLogger.log.org.apache.kafka", "off");
        Path store = keyStore(folder);
        Path logs = folder.resolve("logs");
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .setDirectories(List.of(logs.toString()))
                .setMetadataLogDirectory(logs.toString())
                .run();
        server = new KafkaRaftServer(new KafkaConfig(properties(logs, store), false), Time.SYSTEM);
        server.startup();
    }

    /** Client properties for the door without anything. */
    Map<String, Object> open() {
        return properties(open, "PLAINTEXT");
    }

    /** Client properties of a user for the door with a login. */
    Map<String, Object> login(String user) {
        var properties = properties(login, "SASL_PLAINTEXT");
        properties.putAll(credentials(user, user));
        return properties;
    }

    int openPort() {
        return open;
    }

    int loginPort() {
        return login;
    }

    int tlsPort() {
        return tls;
    }

    int tlsLoginPort() {
        return tlsLogin;
    }

    static Map<String, Object> credentials(String user, String password) {
        return Map.of(
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user + "\" password=\""
                        + password + "\";");
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static Map<String, Object> properties(int port, String protocol) {
        return new HashMap<>(Map.of("bootstrap.servers", "localhost:" + port, "security.protocol", protocol));
    }

    private Map<String, String> properties(Path logs, Path store) throws Exception {
        int controller = LoopbackPort.free();
        Map<String, String> properties = new HashMap<>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put(
                "listeners",
                "OPEN://localhost:" + open + ",LOGIN://localhost:" + login + ",TLS://localhost:" + tls
                        + ",TLSLOGIN://localhost:" + tlsLogin + ",CONTROLLER://localhost:" + controller);
        properties.put(
                "listener.security.protocol.map",
                "OPEN:PLAINTEXT,LOGIN:SASL_PLAINTEXT,TLS:SSL,TLSLOGIN:SASL_SSL,CONTROLLER:PLAINTEXT");
        properties.put("inter.broker.listener.name", "OPEN");
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("controller.quorum.voters", "1@localhost:" + controller);
        properties.put("log.dirs", logs.toString());
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("transaction.state.log.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("log.cleaner.dedupe.buffer.size", String.valueOf(4 << 20));
        properties.put("authorizer.class.name", StandardAuthorizer.class.getName());
        properties.put("super.users", "User:ANONYMOUS");
        properties.put("sasl.enabled.mechanisms", "PLAIN");
        String users = "org.apache.kafka.common.security.plain.PlainLoginModule required"
                + " user_producer=\"producer\" user_classifier=\"classifier\" user_gateway=\"gateway\""
                + " user_stranger=\"stranger\";";
        properties.put("listener.name.login.plain.sasl.jaas.config", users);
        properties.put("listener.name.tlslogin.plain.sasl.jaas.config", users);
        properties.put("ssl.keystore.location", store.toString());
        properties.put("ssl.keystore.type", "PKCS12");
        properties.put("ssl.keystore.password", STORE_PASSWORD);
        properties.put("ssl.key.password", STORE_PASSWORD);
        return properties;
    }

    /** With a certificate that nobody but itself has signed. */
    private static Path keyStore(Path folder) throws Exception {
        Path store = folder.resolve("broker.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "broker",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        STORE_PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new AssertionError(said);
        }
        return store;
    }
}
