// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.console.web.ConsoleServer.Keys;
import dev.sortline.console.web.ConsoleServer.Place;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final String PASSWORD = "open sesame";

    @TempDir
    private static Path folder;

    private static Path store;

    @BeforeAll
    static void makeAKey() throws Exception {
        store = folder.resolve("console.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "console",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=console",
                        "-ext",
                        "SAN=ip:127.0.0.1,dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(store).exists();
    }

    @Test
    void cookieIsForHttpsAlone() throws Exception {
        // Given
        var gate = gate();
        try (var server = ConsoleServer.start(place(PASSWORD), gate, List.of())) {
            var signIn = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/api/session"))
                    .header("X-Sortline", "1")
                    .POST(BodyPublishers.ofString("{\"password\":\"look\"}"))
                    .build();

            // When
            var answer = HttpClient.newBuilder().sslContext(trust()).build().send(signIn, BodyHandlers.ofString());

            // Then
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Set-Cookie").orElse(""))
                    .startsWith("__Host-sortline=")
                    .contains("; Secure; HttpOnly; SameSite=Strict");
        }
    }

    @Test
    void keyStoreThatDoesNotOpenIsTold() throws Exception {
        // Given
        var gate = gate();
        var place = place("another");

        // When
        var starting = assertThatThrownBy(() -> ConsoleServer.start(place, gate, List.of()));

        // Then
        starting.isInstanceOf(CannotServeException.class)
                .hasMessageStartingWith("cannot open the key store " + store + ": ")
                .hasMessageContaining("it must be PKCS 12");
    }

    @Test
    void keyStoreThatIsMissingIsTold() throws Exception {
        // Given
        var gate = gate();
        Path missing = folder.resolve("missing.p12");
        var place = new Place("127.0.0.1", 0, Optional.of(new Keys(missing, missing)));

        // When
        var starting = assertThatThrownBy(() -> ConsoleServer.start(place, gate, List.of()));

        // Then
        starting.isInstanceOf(CannotServeException.class).hasMessage("cannot read the key store " + missing);
    }

    private static Gate gate() throws Exception {
        Path viewer = Files.writeString(folder.resolve("viewer"), "look\n");
        return new Gate(Passwords.of(Optional.of(viewer), Optional.empty()), InstantSource.system(), true);
    }

    private static Place place(String password) throws Exception {
        Path file = Files.writeString(folder.resolve("store-password"), password + "\n");
        return new Place("127.0.0.1", 0, Optional.of(new Keys(store, file)));
    }

    private static SSLContext trust() throws Exception {
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(store)) {
            keys.load(bytes, PASSWORD.toCharArray());
        }
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("console", keys.getCertificate("console"));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
