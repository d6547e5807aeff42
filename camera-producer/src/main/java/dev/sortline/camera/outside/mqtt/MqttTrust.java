// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside.mqtt;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Which brokers are trusted, for a connection by TLS. */
final class MqttTrust {
    private MqttTrust() {}

    /**
     * TLS 1.2 or 1.3.
     *
     * @param file PEM file of the certificates that are trusted; those of the Java runtime when absent
     * @throws IOException when it cannot be read
     */
    static MqttClientSslConfig in(@Nullable Path file) throws IOException {
        var config = MqttClientSslConfig.builder().protocols(List.of("TLSv1.2", "TLSv1.3"));
        return file == null
                ? config.build()
                : config.trustManagerFactory(trusting(file)).build();
    }

    private static TrustManagerFactory trusting(Path file) throws IOException {
        try (InputStream pem = Files.newInputStream(file)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("trusted-" + store.size(), certificate);
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot read the certificates in %s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
