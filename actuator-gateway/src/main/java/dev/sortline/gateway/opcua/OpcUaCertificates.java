// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import dev.sortline.trouble.OneLine;
import dev.sortline.trouble.RootCause;
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
import java.util.List;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.CertificateManager;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultApplicationGroup;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.DefaultClientCertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultServerCertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.FileBasedCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.FileBasedTrustListManager;
import org.eclipse.milo.opcua.stack.core.security.KeyStoreCertificateStore;
import org.eclipse.milo.opcua.stack.core.security.RsaSha256CertificateFactory;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's own certificate for OPC UA, and whom it trusts, in one folder: {@code gateway.der} to give to the others, {@code rejected} with
 * theirs that were refused, {@code pki/trusted/certs} to put them into. What is put there counts at once, until {@link #close}.
 */
final class OpcUaCertificates implements AutoCloseable {
    static final String APPLICATION_URI = "urn:sortline:gateway";

    private static final Logger LOG = LoggerFactory.getLogger(OpcUaCertificates.class);
    private static final int MOST_CHARACTERS_OF_A_NAME = 150;
    private static final String OWN = "gateway.der";
    private static final String STORE = "gateway.pfx";
    private static final String PASSWORD = "keystore-password";
    private static final String TRUSTED = "pki/trusted/certs";
    private static final Period VALID = Period.ofYears(10);

    private final String driver;
    private final Path folder;
    private final FileBasedTrustListManager trust;
    private final FileBasedCertificateQuarantine quarantine;
    private final DefaultApplicationGroup group;

    private OpcUaCertificates(
            String driver,
            Path folder,
            FileBasedTrustListManager trust,
            FileBasedCertificateQuarantine quarantine,
            DefaultApplicationGroup group) {
        this.driver = driver;
        this.folder = folder;
        this.trust = trust;
        this.quarantine = quarantine;
        this.group = group;
    }

    /**
     * Opens the folder; makes what is missing.
     *
     * @param driver whose they are, as the line file names it
     * @param hostnames names and addresses that stand in the certificate when it is made
     */
    static OpcUaCertificates in(String driver, Path folder, Set<String> hostnames) throws IOException {
        try {
            Files.createDirectories(folder);
            char[] password = keyStorePassword(folder.resolve(PASSWORD));
            // Before the list that is looked at from then on: where it cannot be opened nothing is left running.
            var store = store(folder, password);
            var trust = FileBasedTrustListManager.createAndInitialize(folder.resolve("pki"));
            var quarantine = FileBasedCertificateQuarantine.create(folder.resolve("rejected"));
            var clients = telling(driver, folder, new DefaultServerCertificateValidator(trust, quarantine));
            var group = DefaultApplicationGroup.createAndInitialize(trust, store, new Factory(hostnames), clients);
            var certificates = new OpcUaCertificates(driver, folder, trust, quarantine, group);
            Files.write(certificates.ownFile(), certificates.own().getEncoded());
            return certificates;
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("cannot open the certificates in %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static KeyStoreCertificateStore store(Path folder, char[] password) throws Exception {
        Path file = folder.resolve(STORE);
        boolean there = Files.exists(file);
        try {
            return KeyStoreCertificateStore.createAndInitialize(
                    new KeyStoreCertificateStore.Settings(file, () -> password, alias -> password));
        } catch (Exception e) {
            if (!there) {
                throw e;
            }
            // As after a power loss while they were made.
            throw new IOException(
                    "cannot open the certificates in %s: %s: put %s and %s back from a backup, or move both away for new ones, which every controller must then be told to trust"
                            .formatted(folder, RootCause.of(e), STORE, PASSWORD),
                    e);
        }
    }

    /** Hands them to a server, which lets in the clients that are trusted. */
    CertificateManager manager() {
        return new DefaultCertificateManager(quarantine, group);
    }

    X509Certificate own() {
        return group.getCertificateChain(NodeIds.RsaSha256ApplicationCertificateType)
                .orElseThrow()[0];
    }

    /** For the others, to trust it. */
    Path ownFile() {
        return folder.resolve(OWN);
    }

    /** Where the certificates of such a folder lie: the gateway's own, and those that it trusts. */
    static List<Path> files(Path folder) {
        return List.of(folder.resolve(OWN), folder.resolve(TRUSTED));
    }

    KeyPair keys() {
        return group.getKeyPair(NodeIds.RsaSha256ApplicationCertificateType).orElseThrow();
    }

    /** Refuses servers that are not trusted. Their names do not count: many a controller is not reached by the one in its certificate. */
    CertificateValidator servers() {
        var trusted = new DefaultClientCertificateValidator(trust, quarantine);
        return (chain, uri, hosts) -> trusted.validateCertificateChain(chain, null, null);
    }

    /** What a person does to have a certificate trusted. */
    String howToTrust() {
        return howToTrust(folder);
    }

    private static String howToTrust(Path folder) {
        return "look at it in %s and move it to %s".formatted(folder.resolve("rejected"), folder.resolve(TRUSTED));
    }

    private static CertificateValidator telling(String driver, Path folder, CertificateValidator validator) {
        return (chain, uri, hosts) -> {
            try {
                validator.validateCertificateChain(chain, uri, hosts);
            } catch (UaException e) {
                LOG.warn(
                        "Driver {}: refused an OPC UA client by its certificate {}, {}; to let it in, {}",
                        driver,
                        chain.isEmpty() ? "of none" : told(chain.get(0)),
                        OpcUaStatus.of(e.getStatusCode()),
                        howToTrust(folder));
                throw e;
            }
        };
    }

    /** Whose a certificate says that it is, and its thumbprint, by which its file is named. */
    private static String told(X509Certificate certificate) throws UaException {
        return "%s [%s]"
                .formatted(
                        OneLine.of(certificate.getSubjectX500Principal().getName(), MOST_CHARACTERS_OF_A_NAME),
                        HexFormat.of()
                                .formatHex(
                                        CertificateUtil.thumbprint(certificate).bytesOrEmpty()));
    }

    /** No longer looks at the folder. */
    @Override
    public void close() {
        try {
            trust.close();
        } catch (IOException e) {
            LOG.warn("Driver {}: cannot let go of {}: {}", driver, folder, e.getMessage());
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
        private final Set<String> hostnames;

        Factory(Set<String> hostnames) {
            this.hostnames = hostnames;
        }

        @Override
        protected X509Certificate[] createRsaSha256CertificateChain(KeyPair keys) throws Exception {
            var certificate = new SelfSignedCertificateBuilder(keys)
                    .setCommonName("Sortline gateway")
                    .setOrganization("Sortline")
                    .setApplicationUri(APPLICATION_URI)
                    .setValidityPeriod(VALID);
            for (String hostname : hostnames) {
                boolean address = hostname.matches("[0-9.]+|.*:.*");
                certificate = address ? certificate.addIpAddress(hostname) : certificate.addDnsName(hostname);
            }
            return new X509Certificate[] {certificate.build()};
        }
    }
}
