// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.sortline.process.StopSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code sortline camera check} against a small camera of our own that gives a picture an answer. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CameraCommandTest {
    private static final Path PICTURE = Path.of("../samples/belt");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final ExecutorService answering = Executors.newCachedThreadPool();
    private CommandLine sortline;
    private HttpServer camera;
    private byte[] jpeg;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        try (var files = Files.walk(PICTURE)) {
            jpeg = Files.readAllBytes(files.filter(file -> file.toString().endsWith(".jpg"))
                    .findFirst()
                    .orElseThrow());
        }
        camera = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        camera.setExecutor(answering);
        serve("/still.jpg", "image/jpeg", 200, jpeg);
        serve("/page", "text/html", 200, "<html>camera</html>".getBytes(UTF_8));
        serve("/closed", "text/html", 401, new byte[] {1});
        camera.start();
        sortline = Main.commandLine(new StopSignal())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
    }

    @AfterEach
    void stop() {
        camera.stop(0);
        answering.shutdownNow();
    }

    @Test
    void tellsHowACameraDoesAndSavesAPicture() {
        // Given
        Path saved = folder.resolve("seen.jpg");

        // When
        int exitCode = check("/still.jpg", "--seconds", "1", "--save", saved.toString());

        // Then
        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("camera    mjpeg, " + url("/still.jpg"), "says      mjpeg", "saved     " + saved)
                .containsPattern("pictures  \\d+ in .* a second; image/jpeg, \\d+ x \\d+, ")
                .containsPattern("rhythm    .* ms at 95 of 100")
                .contains("clock     it tells no time")
                .containsPattern("load      .* % of a core")
                .containsPattern("sight     brightness \\d+ of 255");
        assertThat(saved).hasBinaryContent(jpeg);
    }

    @Test
    void writesOverAFileOnlyWhereItIsNamedAndSaysSo() throws IOException {
        // Given
        Path saved = Files.writeString(folder.resolve("seen.jpg"), "an older one");

        // When
        int exitCode = check("/still.jpg", "--seconds", "1", "--save", saved.toString());

        // Then
        assertThat(exitCode).isZero();
        assertThat(out.toString()).contains("saved     " + saved + ", in place of what was there");
    }

    @Test
    void printsTheSameAsJson() throws IOException {
        // When
        int exitCode = check("/still.jpg", "--seconds", "1", "--no-save", "--json");

        // Then
        JsonNode found = new ObjectMapper().readTree(out.toString());
        assertThat(exitCode).isZero();
        assertThat(found.path("kind").asText()).isEqualTo("mjpeg");
        assertThat(found.path("pictures").path("count").asInt()).isPositive();
        assertThat(found.path("pictures").path("width").asInt()).isPositive();
        assertThat(found.path("gaps").path("p95Millis").asDouble()).isPositive();
        assertThat(found.path("clock").path("basis").asText()).isEqualTo("ARRIVAL");
        assertThat(found.path("fault").isNull()).isTrue();
        assertThat(found.path("saved").isNull()).isTrue();
    }

    @Test
    void cameraThatAsksForAPasswordIsToldInOneLineAndEndsWithOne() {
        // When
        int exitCode = check("/closed", "--no-save");

        // Then
        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("sortline: password: " + url("/closed") + ": it asks for a user and a password")
                .hasLineCount(1);
    }

    @Test
    void whatIsNoVideoIsToldAlsoAsJson() throws IOException {
        // When
        int exitCode = check("/page", "--no-save", "--json");

        // Then
        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("sortline: not video: " + url("/page") + ": it answers with text/html")
                .hasLineCount(1);
        assertThat(new ObjectMapper().readTree(out.toString()).at("/fault/kind").asText())
                .isEqualTo("NO_VIDEO");
    }

    @Test
    void cameraOfALineFileIsCheckedByItsName() throws IOException {
        // Given
        Path file = lineFile();

        // When
        int exitCode = sortline.execute(
                "camera", "check", "--config", file.toString(), "--camera", "left", "--seconds", "1", "--no-save");

        // Then
        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(out.toString()).contains("camera    mjpeg, " + url("/still.jpg"));
    }

    @Test
    void cameraThatTheLineFileDoesNotHaveIsToldWithThoseThatItHas() throws IOException {
        // Given
        Path file = lineFile();

        // When
        int exitCode = sortline.execute("camera", "check", "--config", file.toString(), "--camera", "middle");

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString())
                .contains("none of the cameras in " + file + " is meant", "line-1/left", "line-1/right")
                .hasLineCount(1);
    }

    @Test
    void cameraWhosePicturesAreBroughtIsNothingToConnectTo() throws IOException {
        // Given
        Path file = lineFile();

        // When
        int exitCode = sortline.execute("camera", "check", "--config", file.toString(), "--camera", "right");

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString())
                .contains("is of type push: its pictures are brought, and there is nothing to connect to")
                .hasLineCount(1);
    }

    private Path lineFile() throws IOException {
        Path root = Path.of("..").toAbsolutePath().normalize();
        return Files.writeString(
                folder.resolve("line.yaml"),
                """
                kafka: { bootstrap.servers: 127.0.0.1:1 }
                model: %s
                belts:
                  main: { speedMetresPerSecond: 1.0, transportMarginMillis: 20, residualLane: residue, ejectors: {} }
                lines:
                  line-1: { belt: main, plan: %s }
                cameras:
                  line-1:
                    left: { source: { type: mjpeg, url: '%s' } }
                    right: { source: { type: push } }
                """
                        .formatted(
                                root.resolve("models/waste-cnn"),
                                root.resolve("plans/six-fractions.yaml"),
                                url("/still.jpg")));
    }

    private int check(String path, String... options) {
        String[] words = new String[options.length + 3];
        words[0] = "camera";
        words[1] = "check";
        words[2] = url(path);
        System.arraycopy(options, 0, words, 3, options.length);
        return sortline.execute(words);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + camera.getAddress().getPort() + path;
    }

    private void serve(String path, String type, int status, byte[] body) {
        camera.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            if (status == 401) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Digest realm=\"camera\", nonce=\"1\"");
            }
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }
}
