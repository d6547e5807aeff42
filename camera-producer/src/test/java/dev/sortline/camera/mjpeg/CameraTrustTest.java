// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.sortline.camera.HandClock;
import dev.sortline.camera.Jpegs;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.CameraFault.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CameraTrustTest {
    private static final byte[] PICTURE = Jpegs.small(1);
    private static final char[] STORE_PASSWORD = "only-for-tests".toCharArray();

    @TempDir
    private static Path folder;

    private final Album album = new Album();

    /** Signed by itself and for another name, as cameras come. */
    @BeforeAll
    static void makeCertificates() throws Exception {
        makeCertificate("camera");
        makeCertificate("other");
    }

    @Test
    void cameraWhoseOwnCertificateIsTrustedIsSeenByWhateverName() throws Exception {
        try (var camera = camera()) {
            // Given
            var source = trusting(camera, folder.resolve("camera.pem")).open(new HandClock());

            // When
            var fault = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(album.bytes()).containsExactly(PICTURE);
            assertThat(fault.kind()).isEqualTo(Kind.ENDED);
        }
    }

    @Test
    void cameraWithAnotherCertificateIsNot() throws Exception {
        try (var camera = camera()) {
            // Given
            var source = trusting(camera, folder.resolve("other.pem")).open(new HandClock());

            // When
            var fault = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(fault.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(fault).hasMessageContaining("TLS fails").hasMessageContaining("set tls.trust");
            assertThat(camera.requests()).isEmpty();
        }
    }

    @Test
    void cameraThatNobodyKnowsIsNotWithoutATrustFile() throws Exception {
        try (var camera = camera()) {
            // Given
            var source = MjpegSettings.at(camera.url()).open(new HandClock());

            // When
            var fault = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(fault.kind()).isEqualTo(Kind.UNREACHABLE);
        }
    }

    @Test
    void fileThatHoldsNoCertificateIsNamed() throws Exception {
        try (var camera = camera()) {
            // Given
            Path file = Files.writeString(folder.resolve("none.pem"), "hello\n");
            var source = trusting(camera, file).open(new HandClock());

            // When
            var fault = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(fault).hasMessageContaining("cannot read the certificates in " + file);
        }
    }

    @Test
    void interruptEndsTheWaitBehindTlsToo() throws Exception {
        try (var camera = camera((request, out) -> {
            out.write(FakeCamera.head("HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace"));
            out.write(new Parts().whole(PICTURE).bytes());
            out.flush();
            Thread.currentThread().join();
        })) {
            // Given
            var source = new MjpegSettings(
                            camera.url(),
                            null,
                            null,
                            new MjpegSettings.Tls(folder.resolve("camera.pem")),
                            3_600_000L,
                            null,
                            null)
                    .open(new HandClock());
            var ended = new CompletableFuture<Throwable>();
            var thread = new Thread(() -> ended.complete(catchThrowable(() -> source.film(album))));
            thread.start();
            await().until(() -> !album.pictures().isEmpty());

            // When
            thread.interrupt();

            // Then
            assertThat(ended).succeedsWithin(Duration.ofSeconds(30)).isInstanceOf(InterruptedException.class);
        }
    }

    private static MjpegSettings trusting(FakeCamera camera, Path trust) {
        return new MjpegSettings(camera.url(), null, null, new MjpegSettings.Tls(trust), null, null, null);
    }

    private static FakeCamera camera() throws Exception {
        return camera((request, out) -> {
            out.write(FakeCamera.head("HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace"));
            out.write(new Parts().whole(PICTURE).bytes());
            request.close();
        });
    }

    private static FakeCamera camera(FakeCamera.Script script) throws Exception {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store("camera"), STORE_PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        ServerSocket server =
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        return FakeCamera.answering(server, script);
    }

    private static KeyStore store(String name) throws Exception {
        try (InputStream file = Files.newInputStream(folder.resolve(name + ".p12"))) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(file, STORE_PASSWORD);
            return store;
        }
    }

    private static void makeCertificate(String name) throws Exception {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        var command = List.of(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(STORE_PASSWORD),
                "-keystore",
                folder.resolve(name + ".p12").toString());
        Process made = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        if (!made.waitFor(60, TimeUnit.SECONDS) || made.exitValue() != 0) {
            throw new IOException("keytool failed: " + Files.readString(folder.resolve("keytool.log")));
        }
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(store(name).getCertificate(name).getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        Files.writeString(folder.resolve(name + ".pem"), pem);
    }
}
