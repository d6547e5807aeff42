// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.loopback.LoopbackPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real broker in this JVM with the doors that plants have: open, with a login, through TLS, and through TLS with a login. Who comes
 * through an open one may do everything; who logs in only what rules allow. Users' passwords are their names.
 */
final class SecuredBroker implements AutoCloseable {
    static final String STORE_PASSWORD = "only-for-tests";

    private final int login = LoopbackPort.free();
    private final int tls = LoopbackPort.free();
    private final int tlsLogin = LoopbackPort.free();
    private final EmbeddedBroker broker;

    /** @param folder where its certificate goes */
    SecuredBroker(Path folder) throws Exception {
        // It is called at the wrong door on purpose, and complains with stack traces.
        System.setProperty("org.slf4j.simpleLogger.log.org.apache.kafka", "off");
        Path store = keyStore(folder);
        broker = EmbeddedBroker.start(settings -> secure(settings, store));
    }

    /** Client properties for the door without anything. */
    Map<String, Object> open() {
        return properties(openPort(), "PLAINTEXT");
    }

    /** Client properties of a user for the door with a login. */
    Map<String, Object> login(String user) {
        var properties = properties(login, "SASL_PLAINTEXT");
        properties.putAll(credentials(user, user));
        return properties;
    }

    int openPort() {
        return Integer.parseInt(broker.bootstrapServers().replaceFirst(".*:", ""));
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
    public void close() throws IOException {
        broker.close();
    }

    private static Map<String, Object> properties(int port, String protocol) {
        return new HashMap<>(Map.of("bootstrap.servers", "localhost:" + port, "security.protocol", protocol));
    }

    private void secure(Map<String, String> settings, Path store) {
        settings.merge(
                "listeners",
                ",LOGIN://localhost:" + login + ",TLS://localhost:" + tls + ",TLSLOGIN://localhost:" + tlsLogin,
                String::concat);
        settings.merge(
                "listener.security.protocol.map", ",LOGIN:SASL_PLAINTEXT,TLS:SSL,TLSLOGIN:SASL_SSL", String::concat);
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:ANONYMOUS");
        settings.put("sasl.enabled.mechanisms", "PLAIN");
        String users = "org.apache.kafka.common.security.plain.PlainLoginModule required"
                + " user_producer=\"producer\" user_classifier=\"classifier\" user_gateway=\"gateway\""
                + " user_stranger=\"stranger\";";
        settings.put("listener.name.login.plain.sasl.jaas.config", users);
        settings.put("listener.name.tlslogin.plain.sasl.jaas.config", users);
        settings.put("ssl.keystore.location", store.toString());
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.password", STORE_PASSWORD);
        settings.put("ssl.key.password", STORE_PASSWORD);
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
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new AssertionError(said);
        }
        return store;
    }
}
