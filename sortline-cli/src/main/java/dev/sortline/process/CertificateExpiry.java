// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import dev.sortline.metrics.LineMetric;
import dev.sortline.trouble.OneLine;
import dev.sortline.trouble.RootCause;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when the certificates end that a process uses: of each file, or folder, the one that ends first. A file that is exchanged is read
 * again; one that cannot be read, or is not there yet, is not a number, and why is told once. Safe for use by several threads.
 */
public final class CertificateExpiry {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateExpiry.class);
    private static final int MOST_CHARACTERS_OF_A_FAILURE = 300;

    private final Path file;
    private final Reader reader;
    private final BiConsumer<Path, String> trouble;
    private @Nullable FileTime readAt;
    private @Nullable String toldTrouble;
    private double seconds = Double.NaN;

    /** Reads the certificates of a file. */
    private interface Reader {
        Collection<? extends Certificate> read(Path file) throws IOException, GeneralSecurityException;
    }

    private CertificateExpiry(Path file, Reader reader, BiConsumer<Path, String> trouble) {
        this.file = file;
        this.reader = reader;
        this.trouble = trouble;
    }

    /**
     * Watches a file of certificates in PEM or DER, or a folder of such files.
     *
     * @param of whose they are, in a few words: {@code driver plc-1}
     */
    public static void watch(MeterRegistry registry, String of, Path file) {
        register(registry, of, file, CertificateExpiry::certificates, CertificateExpiry::warn);
    }

    /**
     * Watches the stores that Kafka's clients use by these properties. What a configuration provider of theirs has is asked of it as they
     * ask: a password each time that its store is read.
     */
    public static void watchKafka(MeterRegistry registry, Map<String, Object> kafka) {
        watchKafka(registry, kafka, CertificateExpiry::warn);
    }

    /** @param trouble hears of a file why it cannot be read, when that changes */
    static void watchKafka(MeterRegistry registry, Map<String, Object> kafka, BiConsumer<Path, String> trouble) {
        store(
                registry,
                "kafka truststore",
                kafka,
                SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
                SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
                SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG,
                trouble);
        store(
                registry,
                "kafka keystore",
                kafka,
                SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
                SslConfigs.SSL_KEYSTORE_TYPE_CONFIG,
                SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
                trouble);
    }

    private static void store(
            MeterRegistry registry,
            String of,
            Map<String, Object> kafka,
            String location,
            String type,
            String password,
            BiConsumer<Path, String> trouble) {
        if (kafka.get(location) == null) {
            return;
        }
        Map<String, Object> resolved = resolved(kafka);
        String kind = String.valueOf(resolved.getOrDefault(type, SslConfigs.DEFAULT_SSL_KEYSTORE_TYPE));
        register(
                registry,
                of,
                Path.of(String.valueOf(resolved.get(location))),
                kind.equalsIgnoreCase("PEM")
                        ? CertificateExpiry::certificates
                        : file -> certificates(file, kind, resolved(kafka).get(password)),
                trouble);
    }

    /** With what the configuration providers have in the place of what names them, as a client reads it when it is made. */
    private static Map<String, Object> resolved(Map<String, Object> kafka) {
        return new AbstractConfig(new ConfigDef(), kafka, false).originals();
    }

    private static void register(
            MeterRegistry registry, String of, Path file, Reader reader, BiConsumer<Path, String> trouble) {
        var expiry = new CertificateExpiry(file, reader, trouble);
        LineMetric.CERTIFICATE_EXPIRY.gauge(
                registry, expiry::seconds, "of", of, "file", String.valueOf(file.getFileName()));
    }

    private static void warn(Path file, String why) {
        LOG.warn("Cannot tell when the certificates in {} end: {}", file, why);
    }

    private synchronized double seconds() {
        try {
            if (Files.notExists(file)) {
                return Double.NaN;
            }
            FileTime changed = Files.getLastModifiedTime(file);
            if (!changed.equals(readAt)) {
                seconds = first(reader.read(file));
                readAt = changed;
                toldTrouble = null;
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            readAt = null;
            seconds = Double.NaN;
            tell(OneLine.of(RootCause.of(e).toString(), MOST_CHARACTERS_OF_A_FAILURE));
        }
        return seconds;
    }

    private void tell(String why) {
        if (!why.equals(toldTrouble)) {
            toldTrouble = why;
            trouble.accept(file, why);
        }
    }

    private static double first(Collection<? extends Certificate> certificates) {
        OptionalLong first = certificates.stream()
                .filter(X509Certificate.class::isInstance)
                .mapToLong(each ->
                        ((X509Certificate) each).getNotAfter().toInstant().getEpochSecond())
                .min();
        return first.isPresent() ? first.getAsLong() : Double.NaN;
    }

    private static List<Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        List<Certificate> all = new ArrayList<>();
        File[] inFolder = file.toFile().listFiles(File::isFile);
        for (File each : inFolder == null ? new File[] {file.toFile()} : inFolder) {
            try (InputStream content = Files.newInputStream(each.toPath())) {
                all.addAll(CertificateFactory.getInstance("X.509").generateCertificates(content));
            }
        }
        return all;
    }

    private static List<Certificate> certificates(Path file, String type, @Nullable Object password)
            throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(type);
        try (InputStream content = Files.newInputStream(file)) {
            store.load(content, password == null ? null : clear(password).toCharArray());
        }
        List<Certificate> all = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            Certificate[] chain = store.getCertificateChain(alias);
            if (chain != null) {
                all.addAll(List.of(chain));
            } else if (store.getCertificate(alias) != null) {
                all.add(store.getCertificate(alias));
            }
        }
        return all;
    }

    private static String clear(Object password) {
        return password instanceof Password hidden ? hidden.value() : password.toString();
    }
}
