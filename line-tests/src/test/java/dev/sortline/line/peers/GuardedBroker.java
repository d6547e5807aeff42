// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.loopback.LoopbackPort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A real broker as {@code docs/security.md} sets one up: whoever comes speaks TLS and logs in by SCRAM-SHA-512, and may only do what rules
 * allow. Nothing of it is in plain text: the broker and its controller know each other by their certificate, and so does an administrator.
 */
public final class GuardedBroker implements AutoCloseable {

    private final EmbeddedBroker broker;
    private final int internal = LoopbackPort.free();
    private final Path store;
    private final Path trusted;
    private final Path stranger;
    private final Admin administrator;

    /** @param folder where its certificates go */
    public GuardedBroker(Path folder) throws IOException, InterruptedException {
        store = keyStore(folder, "broker");
        trusted = certificate(folder, "broker", store);
        stranger = certificate(folder, "stranger", keyStore(folder, "stranger"));
        broker = EmbeddedBroker.start(this::guard);
        administrator = Admin.create(Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + internal,
                "security.protocol",
                "SSL",
                "ssl.keystore.location",
                store.toString(),
                "ssl.keystore.password",
                Keytool.STORE_PASSWORD,
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                trusted.toString()));
    }

    /** Where clients come. */
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** PEM file of the authority that signed its certificate. */
    public Path trusted() {
        return trusted;
    }

    /** PEM file of another authority. */
    public Path stranger() {
        return stranger;
    }

    /** Who may do everything. */
    public Admin administrator() {
        return administrator;
    }

    /** Makes a user, or gives one another password. */
    public void addUser(String user, String password) throws Exception {
        administrator
                .alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                        user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4_096), password)))
                .all()
                .get();
    }

    @Override
    public void close() throws IOException {
        administrator.close();
        broker.close();
    }

    private void guard(Map<String, String> settings) {
        settings.merge("listeners", ",INTERNAL://127.0.0.1:" + internal, String::concat);
        settings.put("listener.security.protocol.map", "BROKER:SASL_SSL,INTERNAL:SSL,CONTROLLER:SSL");
        settings.put("inter.broker.listener.name", "INTERNAL");
        settings.put("listener.name.internal.ssl.client.auth", "required");
        settings.put("listener.name.controller.ssl.client.auth", "required");
        settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        settings.put(
                "listener.name.broker.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:CN=broker");
        settings.put("ssl.keystore.location", store.toString());
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.password", Keytool.STORE_PASSWORD);
        settings.put("ssl.key.password", Keytool.STORE_PASSWORD);
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.location", trusted.toString());
    }

    /** With a certificate that nobody but itself has signed. */
    private static Path keyStore(Path folder, String name) throws IOException, InterruptedException {
        Path store = folder.resolve(name + ".p12");
        Keytool.run(
                "-genkeypair -keyalg EC -storetype PKCS12 -ext san=ip:127.0.0.1,dns:localhost",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-keystore",
                store.toString());
        return store;
    }

    private static Path certificate(Path folder, String name, Path store) throws IOException, InterruptedException {
        Path pem = folder.resolve(name + ".pem");
        Keytool.run("-exportcert -rfc", "-alias", name, "-keystore", store.toString(), "-file", pem.toString());
        return pem;
    }
}
