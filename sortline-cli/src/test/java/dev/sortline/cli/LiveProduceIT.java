// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.loopback.JavaProcess;
import dev.sortline.loopback.LoopbackPort;
import dev.sortline.loopback.PrometheusText;
import dev.sortline.metrics.LineMetric;
import dev.sortline.metrics.LineProcess;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code sortline produce --config line.yaml}, as a process, with a network camera and a folder, against a real broker. */
@Timeout(90)
class LiveProduceIT {
    private static final Set<String> DECLARED = exported(Arrays.stream(LineMetric.values())
            .filter(metric -> metric.processes().contains(LineProcess.PRODUCER)));
    private static final Set<String> ONLY_WITH_OTHER_SETTINGS =
            exported(Stream.of(LineMetric.TRIGGERS, LineMetric.TRIGGERS_LOST, LineMetric.CERTIFICATE_EXPIRY));

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newHttpClient();
    private EmbeddedBroker broker;
    private HttpServer camera;
    private int port;
    private JavaProcess produce;
    private Path drops;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start();
        List<byte[]> pictures = List.of(picture(1), picture(2), picture(3), picture(5), picture(7));
        camera = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        camera.setExecutor(Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work, "camera");
            thread.setDaemon(true);
            return thread;
        }));
        camera.createContext("/video", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "multipart/x-mixed-replace; boundary=part");
            exchange.sendResponseHeaders(OK, 0);
            try (exchange;
                    var out = exchange.getResponseBody()) {
                while (true) {
                    out.write("--part\r\nContent-Type: image/jpeg\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
                    // A picture that stays the same is told of.
                    out.write(pictures.get(ThreadLocalRandom.current().nextInt(pictures.size())));
                    out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
                    out.flush();
                    TimeUnit.MILLISECONDS.sleep(50);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        camera.start();
        drops = Files.createDirectory(folder.resolve("drops"));
        Files.write(drops.resolve("1.jpg"), pictures.get(0));
        port = LoopbackPort.free();
        produce = new JavaProcess(
                "produce",
                folder,
                List.of("-XX:TieredStopAtLevel=1"),
                Main.class.getName(),
                List.of("produce", "--config", lineFile().toString(), "--http-port", String.valueOf(port)));
    }

    @AfterEach
    void stop() throws IOException {
        produce.close();
        camera.stop(0);
        broker.close();
    }

    @Test
    void camerasOfALineFileAreFilmedUntilTheSignalAndThenItSaysWhatItDid() throws InterruptedException {
        // Given
        await().atMost(SOON).until(() -> get("/health/ready").equals("ready\n"));
        await().atMost(SOON).until(() -> published("camera-1") > 10 && published("camera-2") == 1);
        String metrics = get("/metrics");

        // When
        int exitCode = produce.stop();

        // Then
        assertThat(exitCode).as(produce.log()).isZero();
        assertThat(produce.log())
                .containsPattern(
                        "published \\d+ frames \\(\\d+\\.\\d MB\\) of 2 cameras in .*; failed 0, skipped 0, dropped \\d+, not asked for 0;");
        assertThat(drops).isDirectoryNotContaining(file -> file.toString().endsWith(".jpg"));
        assertThat(metrics)
                .contains(
                        "sortline_producer_camera_connected{camera=\"camera-1\",line=\"line-1\"} 1.0",
                        "sortline_producer_capture_to_broker_seconds_count",
                        "sortline_producer_capture_uncertainty_seconds",
                        "sortline_producer_camera_faults_total",
                        "sortline_producer_camera_sight",
                        "outcome=\"not_asked\"");
        assertThat(names(metrics))
                .filteredOn(name -> name.startsWith("sortline_"))
                .allMatch(DECLARED::contains);
        assertThat(names(metrics))
                .containsAll(DECLARED.stream()
                        .filter(name -> !ONLY_WITH_OTHER_SETTINGS.contains(name))
                        .toList());
    }

    @Test
    void cameraThatHasGoneIsToldOnTheHealthPageAndKeepsTheOthersFromNothing() {
        // Given
        await().atMost(SOON).until(() -> published("camera-1") > 10);

        // When
        camera.stop(0);

        // Then
        await().atMost(SOON).until(() -> get("/health/ready").lines().count() > 1);
        assertThat(get("/health/ready")).startsWith("ready\n").contains("line-1/camera-1: ");
        assertThat(get("/health/live")).doesNotContain("camera-1");
    }

    private static List<String> names(String metrics) {
        return PrometheusText.series(metrics).stream()
                .map(PrometheusText.Series::name)
                .distinct()
                .toList();
    }

    private static Set<String> exported(Stream<LineMetric> metrics) {
        return metrics.flatMap(metric -> metric.exportedSeries().stream()).collect(Collectors.toSet());
    }

    private Path lineFile() throws IOException {
        return Files.writeString(
                folder.resolve("line.yaml"),
                """
                kafka: { bootstrap.servers: "%s" }
                model: .
                belts:
                  belt:
                    speedMetresPerSecond: 1
                    transportMarginMillis: 0
                    residualLane: residue
                    ejectors: { glass: { number: 1, distanceMetres: 1, actuatorDelayMillis: 0 } }
                lines:
                  line-1: { belt: belt, plan: a-plan-that-is-elsewhere.yaml }
                cameras:
                  line-1:
                    camera-1:
                      source: { type: mjpeg, url: "http://127.0.0.1:%d/video", silentAfterMillis: 1000 }
                    camera-2:
                      source: { type: folder, path: drops }
                """
                        .formatted(
                                broker.bootstrapServers(), camera.getAddress().getPort()));
    }

    private double published(String camera) {
        return PrometheusText.series(get("/metrics"), "sortline_producer_frames_total").stream()
                .filter(series -> camera.equals(series.labels().get("camera"))
                        && "published".equals(series.labels().get("outcome")))
                .mapToDouble(PrometheusText.Series::value)
                .sum();
    }

    /** What a page answers; nothing while nobody answers there. */
    private String get(String page) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + page))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static byte[] picture(int number) throws IOException {
        var image = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
        for (int at = 0; at < 320 * 240; at++) {
            image.setRGB(at % 320, at / 320, at * 7919 * number);
        }
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", bytes);
        return bytes.toByteArray();
    }
}
