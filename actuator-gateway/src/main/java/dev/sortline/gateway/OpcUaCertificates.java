// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Period;
import java.util.HexFormat;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.security.CertificateManager;
import org.eclipse.milo.opcua.stack.core.security.DefaultApplicationGroup;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.DefaultServerCertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.FileBasedCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.FileBasedTrustListManager;
import org.eclipse.milo.opcua.stack.core.security.KeyStoreCertificateStore;
import org.eclipse.milo.opcua.stack.core.security.RsaSha256CertificateFactory;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;

/**
 * The gateway's own certificate for OPC UA, and whom it trusts, in one folder: {@code gateway.der} to give to clients, {@code rejected} with those
 * that have knocked, {@code pki/trusted/certs} to put them into.
 *
 * @param manager hands them to the server
 * @param own the gateway's certificate
 */
record OpcUaCertificates(CertificateManager manager, X509Certificate own) {
    static final String APPLICATION_URI = "urn:sortline:gateway";

    private static final Period VALID = Period.ofYears(10);

    /** Opens the folder; makes what is missing. */
    static OpcUaCertificates in(Path folder, String hostname) throws IOException {
        try {
            Files.createDirectories(folder);
            char[] password = keyStorePassword(folder.resolve("keystore-password"));
            var trust = FileBasedTrustListManager.createAndInitialize(folder.resolve("pki"));
            var quarantine = FileBasedCertificateQuarantine.create(folder.resolve("rejected"));
            var store = KeyStoreCertificateStore.createAndInitialize(new KeyStoreCertificateStore.Settings(
                    folder.resolve("gateway.pfx"), () -> password, alias -> password));
            var group = DefaultApplicationGroup.createAndInitialize(
                    trust, store, new Factory(hostname), new DefaultServerCertificateValidator(trust, quarantine));
            X509Certificate own = group.getCertificateChain(NodeIds.RsaSha256ApplicationCertificateType)
                    .orElseThrow()[0];
            Files.write(folder.resolve("gateway.der"), own.getEncoded());
            return new OpcUaCertificates(new DefaultCertificateManager(quarantine, group), own);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("cannot open the certificates in %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static char[] keyStorePassword(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[16];
            new SecureRandom().nextBytes(random);
            Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "password", "");
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            }
            Files.writeString(fresh, HexFormat.of().formatHex(random), StandardCharsets.UTF_8);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file).trim().toCharArray();
    }

    private static final class Factory extends RsaSha256CertificateFactory {
        private final String hostname;

        Factory(String hostname) {
            this.hostname = hostname;
        }

        @Override
        protected X509Certificate[] createRsaSha256CertificateChain(KeyPair keys) throws Exception {
            var certificate = new SelfSignedCertificateBuilder(keys)
                    .setCommonName("Sortline gateway")
                    .setOrganization("Sortline")
                    .setApplicationUri(APPLICATION_URI)
                    .setValidityPeriod(VALID);
            boolean address = hostname.matches("[0-9.]+|.*:.*");
            return new X509Certificate[] {
                (address ? certificate.addIpAddress(hostname) : certificate.addDnsName(hostname)).build()
            };
        }
    }
}
