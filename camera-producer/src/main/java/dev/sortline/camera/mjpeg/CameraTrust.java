// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

import dev.sortline.camera.source.CameraFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;

/** Which cameras are trusted, for a connection by TLS. */
final class CameraTrust {
    private CameraTrust() {}

    /** As the Java runtime trusts. */
    static TlsSocketStrategy ofTheRuntime() {
        return DefaultClientTlsStrategy.createDefault();
    }

    /**
     * Trusts what is signed by a certificate of a file, for its name; and a camera whose own certificate is in it, for any name: that is how
     * cameras come, and nobody else has its key.
     *
     * @param file in PEM
     * @throws CameraFault when it cannot be read
     */
    static TlsSocketStrategy in(Path file) throws CameraFault {
        try (InputStream pem = Files.newInputStream(file)) {
            List<Certificate> trusted =
                    List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(pem));
            if (trusted.isEmpty()) {
                throw cannotRead(file, new IOException("it holds no certificate"));
            }
            var context = SSLContext.getInstance("TLS");
            context.init(null, trusting(trusted).getTrustManagers(), null);
            HostnameVerifier byName = new DefaultHostnameVerifier();
            return new DefaultClientTlsStrategy(
                    context,
                    HostnameVerificationPolicy.CLIENT,
                    (host, session) -> isItself(session, trusted) || byName.verify(host, session));
        } catch (IOException | GeneralSecurityException e) {
            throw cannotRead(file, e);
        }
    }

    private static TrustManagerFactory trusting(List<Certificate> trusted)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate certificate : trusted) {
            store.setCertificateEntry("trusted-" + store.size(), certificate);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    private static boolean isItself(SSLSession session, List<Certificate> trusted) {
        try {
            return trusted.contains(session.getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException e) {
            return false;
        }
    }

    private static CameraFault cannotRead(Path file, Exception reason) {
        return new CameraFault(
                CameraFault.Kind.UNREACHABLE,
                "cannot read the certificates in " + file + ": " + reason.getMessage(),
                reason);
    }
}
