// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sortline.camera.HandClock;
import dev.sortline.camera.Jpegs;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.CameraSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CameraPasswordTest {
    private static final String REALM = "realm=\"AXIS_00408C\", nonce=\"0a4f113b\"";
    private static final byte[] PICTURE = Jpegs.small(1);

    @TempDir
    private Path folder;

    private final Album album = new Album();

    /** The examples of RFC 7616, 3.9.1: what the tests' camera takes for proof is what the standard does. */
    @ParameterizedTest
    @CsvSource({
        "MD5, 8ca523f5e9506fed4657c9700eebdbec",
        "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    })
    void camerasCheckAgreesWithTheStandardsExamples(String algorithm, String response) {
        // Given
        var told = Map.of(
                "username", "Mufasa",
                "realm", "http-auth@example.org",
                "uri", "/dir/index.html",
                "algorithm", algorithm,
                "nonce", "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
                "nc", "00000001",
                "cnonce", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
                "qop", "auth");

        // When
        String computed = DigestAnswer.response(told, "GET", "Circle of Life");

        // Then
        assertThat(computed).isEqualTo(response);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Digest " + REALM,
                "Digest " + REALM + ", algorithm=MD5",
                "Digest " + REALM + ", qop=\"auth\"",
                "Digest " + REALM + ", qop=\"auth,auth-int\", algorithm=MD5, opaque=\"5ccc\"",
                "Digest " + REALM + ", qop=\"auth\", algorithm=SHA-256",
                "digest " + REALM + ", stale=FALSE, qop=auth"
            })
    void userIsProvenByDigest(String challenge) throws Exception {
        try (var camera = asking("root", "geheim", challenge)) {
            // Given
            var source = source(camera, "root", "geheim");

            // When
            var unused = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(album.bytes()).containsExactly(PICTURE);
        }
    }

    @Test
    void userIsNamedByBasicAuthenticationWhereTheCameraOffersNothingElse() throws Exception {
        try (var camera = asking("root", "geheim", "Basic realm=\"camera\"")) {
            // Given
            var source = source(camera, "root", "geheim");

            // When
            var unused = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(album.bytes()).containsExactly(PICTURE);
        }
    }

    @Test
    void passwordIsNotSentOpenlyWhereTheCameraOffersDigestToo() throws Exception {
        try (var camera = asking("root", "geheim", "Basic realm=\"camera\"\r\nWWW-Authenticate: Digest " + REALM)) {
            // Given
            var source = source(camera, "root", "geheim");

            // When
            var unused = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(album.bytes()).containsExactly(PICTURE);
            assertThat(camera.requests())
                    .extracting(request -> request.headers().getOrDefault("authorization", "none"))
                    .noneMatch(sent -> sent.startsWith("Basic"));
        }
    }

    @Test
    void passwordIsSentToNobodyWhoDoesNotAsk() throws Exception {
        try (var camera = FakeCamera.answering(
                "HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace",
                new Parts().whole(PICTURE).bytes())) {
            // Given
            var source = source(camera, "root", "geheim");

            // When
            var unused = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(camera.requests()).singleElement().satisfies(request -> assertThat(request.headers())
                    .doesNotContainKey("authorization"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Digest " + REALM + ", qop=\"auth\"", "Basic realm=\"camera\""})
    void wrongPasswordIsRefusedAndNotShown(String challenge) throws Exception {
        try (var camera = asking("root", "geheim", challenge)) {
            // Given
            var source = source(camera, "root", "falsch");

            // When
            var fault = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(fault.kind()).isEqualTo(CameraFault.Kind.REFUSED);
            assertThat(fault).hasMessage(camera.url() + ": user or password are wrong");
        }
    }

    @Test
    void cameraThatWantsAUserIsToldOf() throws Exception {
        try (var camera = asking("root", "geheim", "Basic realm=\"camera\"")) {
            // Given
            var source = MjpegSettings.at(camera.url()).open(new HandClock());

            // When
            var fault = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(fault.kind()).isEqualTo(CameraFault.Kind.REFUSED);
            assertThat(fault).hasMessageContaining("set user and passwordFile");
        }
    }

    @Test
    void schemeThatIsNotSpokenIsNamed() throws Exception {
        try (var camera = asking("root", "geheim", "NTLM")) {
            // Given
            var source = source(camera, "root", "geheim");

            // When
            var fault = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(fault.kind()).isEqualTo(CameraFault.Kind.REFUSED);
            assertThat(fault).hasMessageContaining("'NTLM'");
        }
    }

    @Test
    void cameraOfSinglePicturesIsAskedOnceForEachAsLongAsItsProofHolds() throws Exception {
        var pictures = new AtomicInteger();
        try (var camera = snapshots(pictures, Integer.MAX_VALUE)) {
            // Given
            var source = impatient(camera);

            // When
            var fault = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(fault.kind()).isEqualTo(CameraFault.Kind.NOT_FOUND);
            assertThat(album.pictures()).hasSize(4);
            assertThat(camera.requests()).hasSize(6);
        }
    }

    @Test
    void proofThatHoldsOnceIsMadeAnew() throws Exception {
        var pictures = new AtomicInteger();
        try (var camera = snapshots(pictures, 1)) {
            // Given
            var source = impatient(camera);

            // When
            var fault = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(fault.kind()).isEqualTo(CameraFault.Kind.NOT_FOUND);
            assertThat(album.pictures()).hasSize(4);
        }
    }

    /** Four pictures, and then no more; each nonce holds for so many requests. */
    private static FakeCamera snapshots(AtomicInteger pictures, int uses) throws IOException {
        var nonce = new AtomicInteger();
        var used = new AtomicInteger();
        return FakeCamera.answering((request, out) -> {
            String sent = request.headers().getOrDefault("authorization", "");
            boolean proven = DigestAnswer.proves(sent, request.method(), "root", "geheim")
                    && sent.contains("nonce=\"n" + nonce.get() + "\"")
                    && used.incrementAndGet() <= uses;
            if (!proven) {
                used.set(0);
                out.write(FakeCamera.head("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nWWW-Authenticate: Digest"
                        + " realm=\"camera\", qop=\"auth\", nonce=\"n" + nonce.incrementAndGet() + "\""));
            } else if (pictures.incrementAndGet() > 4) {
                out.write(FakeCamera.head("HTTP/1.1 404 Not Found\r\nContent-Length: 0"));
            } else {
                out.write(FakeCamera.head(
                        "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: " + PICTURE.length));
                out.write(PICTURE);
            }
        });
    }

    private CameraSource impatient(FakeCamera camera) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "geheim\n");
        return new MjpegSettings(camera.url(), "root", file, null, null, null, 1L).open(new HandClock());
    }

    @Test
    void newPasswordIsTakenWithoutARestart() throws Exception {
        try (var camera = asking("root", "neu", "Digest " + REALM)) {
            // Given
            var source = source(camera, "root", "alt");
            var before = catchThrowableOfType(CameraFault.class, () -> source.film(album));
            Files.writeString(folder.resolve("password"), "neu\n");

            // When
            var after = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(List.of(before.kind(), after.kind()))
                    .containsExactly(CameraFault.Kind.REFUSED, CameraFault.Kind.ENDED);
        }
    }

    private CameraSource source(FakeCamera camera, String user, String password) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), password + "\n");
        return new MjpegSettings(camera.url(), user, file, null, null, null, null).open(new HandClock());
    }

    private static FakeCamera asking(String user, String password, String challenge) throws IOException {
        String basic =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return FakeCamera.answering((request, out) -> {
            String sent = request.headers().getOrDefault("authorization", "");
            if (sent.equals(basic) || DigestAnswer.proves(sent, request.method(), user, password)) {
                out.write(FakeCamera.head("HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace"));
                out.write(new Parts().whole(PICTURE).bytes());
                request.close();
            } else {
                out.write(FakeCamera.head(
                        "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nWWW-Authenticate: " + challenge));
            }
        });
    }
}
