// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.metrics.LineMetric;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateExpiryTest {
    private static final String PASSWORD = "not-told";

    /** A certificate is valid from the second in which it is made. */
    private static final Offset<Double> A_MINUTE = within(60.0);

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<String> troubles = new ArrayList<>();

    @Test
    void theFirstToEndOfAStoreOfKafkasIsTold() throws Exception {
        // Given
        Path store = folder.resolve("trust.p12");
        certificate(store, "first", 30);
        certificate(store, "second", 10);

        // When
        CertificateExpiry.watchKafka(
                registry,
                Map.of(
                        "ssl.truststore.location",
                        store.toString(),
                        "ssl.truststore.type",
                        "PKCS12",
                        "ssl.truststore.password",
                        PASSWORD));

        // Then
        assertThat(told("kafka truststore", "trust.p12")).isCloseTo(inDays(10), A_MINUTE);
    }

    @Test
    void aPasswordThatAConfigurationProviderHasOpensTheStore() throws Exception {
        // Given
        Path store = folder.resolve("trust.p12");
        certificate(store, "first", 30);
        Path secrets = Files.writeString(folder.resolve("secrets.properties"), "truststore=" + PASSWORD + "\n");

        // When
        CertificateExpiry.watchKafka(registry, truststoreWithItsPasswordIn(secrets, store), this::hear);

        // Then
        assertThat(told("kafka truststore", "trust.p12")).isCloseTo(inDays(30), A_MINUTE);
        assertThat(troubles).isEmpty();
    }

    @Test
    void aStoreThatCannotBeReadIsToldOnceAndAgainWhenItIsForAnotherReason() throws Exception {
        // Given
        Path store = folder.resolve("trust.p12");
        certificate(store, "first", 30);
        Path secrets = Files.writeString(folder.resolve("secrets.properties"), "truststore=wrong\n");
        CertificateExpiry.watchKafka(registry, truststoreWithItsPasswordIn(secrets, store), this::hear);
        told("kafka truststore", "trust.p12");
        told("kafka truststore", "trust.p12");

        // When
        Files.delete(secrets);
        double withoutSecrets = told("kafka truststore", "trust.p12");

        // Then
        assertThat(withoutSecrets).isNaN();
        assertThat(troubles)
                .hasSize(2)
                .allMatch(each -> each.startsWith(store + ": "))
                .noneMatch(each -> each.contains("wrong"));
    }

    @Test
    void aFileOrFolderOfADriverIsTold() throws Exception {
        // Given
        Path pem = pem("plc.pem", 20);
        Files.createDirectories(folder.resolve("trusted"));
        Files.copy(pem("other.pem", 5), folder.resolve("trusted/other.pem"));

        // When
        CertificateExpiry.watch(registry, "driver plc", pem);
        CertificateExpiry.watch(registry, "driver plc", folder.resolve("trusted"));

        // Then
        assertThat(told("driver plc", "plc.pem")).isCloseTo(inDays(20), A_MINUTE);
        assertThat(told("driver plc", "trusted")).isCloseTo(inDays(5), A_MINUTE);
    }

    @Test
    void aFileThatIsExchangedIsReadAgain() throws Exception {
        // Given
        Path pem = pem("plc.pem", 20);
        CertificateExpiry.watch(registry, "driver plc", pem);
        double before = told("driver plc", "plc.pem");

        // When
        Files.copy(pem("next.pem", 400), folder.resolve("next"));
        Files.writeString(pem, Files.readString(folder.resolve("next")));
        Files.setLastModifiedTime(pem, FileTime.from(Instant.now().plusSeconds(5)));

        // Then
        assertThat(told("driver plc", "plc.pem") - before).isCloseTo(TimeUnit.DAYS.toSeconds(380) * 1.0, A_MINUTE);
    }

    @Test
    void whatCannotBeReadOrIsNotThereIsNotANumber() throws IOException {
        // Given
        Path broken = Files.writeString(folder.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nno\n");

        // When
        CertificateExpiry.watch(registry, "driver a", broken);
        CertificateExpiry.watch(registry, "driver b", folder.resolve("missing.pem"));
        CertificateExpiry.watchKafka(registry, Map.of("ssl.keystore.location", broken.toString()));

        // Then
        assertThat(told("driver a", "broken.pem")).isNaN();
        assertThat(told("driver b", "missing.pem")).isNaN();
        assertThat(told("kafka keystore", "broken.pem")).isNaN();
    }

    private void hear(Path file, String why) {
        troubles.add(file + ": " + why);
    }

    private static Map<String, Object> truststoreWithItsPasswordIn(Path secrets, Path store) {
        return Map.of(
                "config.providers",
                "file",
                "config.providers.file.class",
                "org.apache.kafka.common.config.provider.FileConfigProvider",
                "ssl.truststore.location",
                store.toString(),
                "ssl.truststore.type",
                "PKCS12",
                "ssl.truststore.password",
                "${file:" + secrets + ":truststore}");
    }

    private double told(String of, String file) {
        return registry.get(LineMetric.CERTIFICATE_EXPIRY.meterName())
                .tags("of", of, "file", file)
                .gauge()
                .value();
    }

    private static double inDays(int days) {
        return Instant.now().plus(Duration.ofDays(days)).getEpochSecond();
    }

    private Path pem(String name, int days) throws Exception {
        Path store = folder.resolve(name + ".p12");
        certificate(store, "own", days);
        Path pem = folder.resolve(name);
        keytool(store, "-exportcert", "-rfc", "-alias", "own", "-file", pem.toString());
        return pem;
    }

    private static void certificate(Path store, String alias, int days) throws Exception {
        keytool(
                store,
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + alias,
                "-validity",
                String.valueOf(days));
    }

    private static void keytool(Path store, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        var keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(keytool.exitValue()).isZero();
    }
}
