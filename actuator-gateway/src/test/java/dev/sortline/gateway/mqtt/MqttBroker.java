// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.mqtt;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import dev.sortline.gateway.driver.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Period;
import java.util.Base64;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;

/**
 * An MQTT 5 broker in this JVM, on loopback: open on one port, encrypted and with a password on another. There is one for all
 * tests, for it takes seconds to stop; each test has topics of its own.
 */
public final class MqttBroker {
    static final String USER = "gateway";
    static final String PASSWORD = "secret";

    private static final MqttBroker RUNNING = new MqttBroker();

    private final int port = Ports.free();
    private final int tlsPort = Ports.free();
    private final Path certificate;

    private MqttBroker() {
        try {
            Path folder = Files.createTempDirectory("sortline-mqtt");
            certificate = folder.resolve("certificate.pem");
            Path keys = folder.resolve("keys.jks");
            makeCertificate(keys);
            Path configuration = Files.createDirectories(folder.resolve("conf"));
            Files.writeString(
                    configuration.resolve("config.xml"),
                    """
                    <hivemq>
                      <listeners>
                        <tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
                        <tls-tcp-listener>
                          <port>%d</port>
                          <bind-address>127.0.0.1</bind-address>
                          <tls>
                            <keystore>
                              <path>%s</path>
                              <password>%4$s</password>
                              <private-key-password>%4$s</private-key-password>
                            </keystore>
                          </tls>
                        </tls-tcp-listener>
                      </listeners>
                      <persistence><mode>in-memory</mode></persistence>
                      <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
                    </hivemq>
                    """
                            .formatted(port, tlsPort, keys, PASSWORD));
            EmbeddedHiveMQ.builder()
                    .withConfigurationFolder(configuration)
                    .withDataFolder(Files.createDirectories(folder.resolve("data")))
                    .withExtensionsFolder(Files.createDirectories(folder.resolve("extensions")))
                    .withEmbeddedExtension(EmbeddedExtension.builder()
                            .withId("password")
                            .withName("password")
                            .withVersion("1")
                            .withExtensionMain(new Door(tlsPort))
                            .build())
                    .withoutLoggingBootstrap()
                    .build()
                    .start()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static MqttBroker running() {
        return RUNNING;
    }

    public int port() {
        return port;
    }

    int tlsPort() {
        return tlsPort;
    }

    /** PEM file of the certificate behind {@link #tlsPort}. */
    Path certificate() {
        return certificate;
    }

    private void makeCertificate(Path keys) throws Exception {
        KeyPair pair = SelfSignedCertificateGenerator.generateRsaKeyPair(2_048);
        X509Certificate made = new SelfSignedCertificateBuilder(pair)
                .setCommonName("localhost")
                .setApplicationUri("urn:broker")
                .setValidityPeriod(Period.ofDays(2))
                .addDnsName("localhost")
                .addIpAddress("127.0.0.1")
                .build();
        String pem = Base64.getMimeEncoder().encodeToString(made.getEncoded());
        Files.writeString(certificate, "-----BEGIN CERTIFICATE-----\n" + pem + "\n-----END CERTIFICATE-----\n");
        store(keys, pair, made);
    }

    private static void store(Path file, KeyPair pair, X509Certificate certificate)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setKeyEntry("broker", pair.getPrivate(), PASSWORD.toCharArray(), new Certificate[] {certificate});
        try (var out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
    }

    /** Lets everybody in but on the port that needs a password. */
    private record Door(int guarded) implements ExtensionMain, SimpleAuthenticator {
        @Override
        public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
            Services.securityRegistry().setAuthenticatorProvider(unused -> this);
        }

        @Override
        public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {}

        @Override
        public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
            boolean open = input.getConnectionInformation()
                    .getListener()
                    .map(listener -> listener.getPort() != guarded)
                    .orElse(false);
            var packet = input.getConnectPacket();
            boolean known = packet.getUserName().map(USER::equals).orElse(false)
                    && packet.getPassword()
                            .map(word -> StandardCharsets.UTF_8.decode(word).toString())
                            .map(PASSWORD::equals)
                            .orElse(false);
            if (open || known) {
                output.authenticateSuccessfully();
            } else {
                output.failAuthentication();
            }
        }
    }
}
