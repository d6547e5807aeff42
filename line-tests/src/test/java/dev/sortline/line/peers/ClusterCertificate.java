// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * A certificate of a cluster that speaks plain text: its clients are told of it all the same, so that they tell when it ends.
 *
 * @param store holds it
 */
public record ClusterCertificate(Path store) {
    private static final String PASSWORD = "only-for-tests";

    /** Makes one. */
    public static ClusterCertificate write(Path folder, int days) throws IOException, InterruptedException {
        var certificate = new ClusterCertificate(folder.resolve("cluster.p12"));
        certificate.renew(days);
        return certificate;
    }

    /** Puts another in its place that ends in so many days. */
    public void renew(int days) throws IOException, InterruptedException {
        Path next = store.resolveSibling("next.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-validity",
                        String.valueOf(days),
                        "-dname",
                        "CN=cluster",
                        "-keystore",
                        next.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new AssertionError(said);
        }
        Files.move(next, store, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Tells a process of it. */
    public Map<String, String> environment() {
        return Map.of(
                "SORTLINE_KAFKA_SSL_TRUSTSTORE_LOCATION",
                store.toString(),
                "SORTLINE_KAFKA_SSL_TRUSTSTORE_TYPE",
                "PKCS12",
                "SORTLINE_KAFKA_SSL_TRUSTSTORE_PASSWORD",
                PASSWORD);
    }
}
