// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import java.io.IOException;
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
    /** Makes one. */
    public static ClusterCertificate write(Path folder, int days) throws IOException, InterruptedException {
        var certificate = new ClusterCertificate(folder.resolve("cluster.p12"));
        certificate.renew(days);
        return certificate;
    }

    /** Puts another in its place that ends in so many days. */
    public void renew(int days) throws IOException, InterruptedException {
        Path next = store.resolveSibling("next.p12");
        Keytool.run("-genkeypair -keyalg EC -dname CN=cluster -validity " + days, "-keystore", next.toString());
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
                Keytool.STORE_PASSWORD);
    }
}
