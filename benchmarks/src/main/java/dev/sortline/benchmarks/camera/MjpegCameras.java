// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.camera;

import dev.sortline.benchmarks.line.BenchFailure;
import dev.sortline.loopback.JavaProcess;
import dev.sortline.loopback.LoopbackPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Any number of cameras that give JPEGs over HTTP, in one process of their own; they count what they give. */
public final class MjpegCameras implements AutoCloseable {
    private static final Duration LISTENS_WITHIN = Duration.ofSeconds(30);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final JavaProcess process;
    private final int port;

    private MjpegCameras(JavaProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts them and waits until they listen. */
    public static MjpegCameras start(Path folder, BeltFilm film, int framesPerSecond)
            throws IOException, InterruptedException {
        int port = LoopbackPort.free();
        var cameras = new MjpegCameras(
                new JavaProcess(
                        "cameras-" + port,
                        folder,
                        List.of("-Xmx256m"),
                        MjpegServer.class.getName(),
                        List.of(Integer.toString(port), film.folder().toString(), Integer.toString(framesPerSecond))),
                port);
        try {
            cameras.awaitListening();
            return cameras;
        } catch (InterruptedException | RuntimeException e) {
            cameras.close();
            throw e;
        }
    }

    /** Where one of them is; each number is another camera. */
    public String url(int number) {
        return "http://127.0.0.1:%d/%d".formatted(port, number);
    }

    /** How many pictures each has given so far, by its number. */
    public Map<Integer, Long> given() throws InterruptedException {
        try {
            Map<Integer, Long> given = new TreeMap<>();
            ask("/given")
                    .lines()
                    .map(line -> line.split(" ", -1))
                    .forEach(words -> given.put(Integer.valueOf(words[0].substring(1)), Long.valueOf(words[1])));
            return given;
        } catch (IOException e) {
            throw new BenchFailure("the cameras of the bench do not answer: " + e, e);
        }
    }

    /** Ends all streams, each after a whole picture; none begins any more. */
    public void stop() throws InterruptedException {
        try {
            ask("/stop");
        } catch (IOException e) {
            throw new BenchFailure("the cameras of the bench do not answer: " + e, e);
        }
    }

    @Override
    public void close() {
        process.close();
    }

    private void awaitListening() throws InterruptedException {
        while (true) {
            process.requireAlive();
            try {
                ask("/given");
                return;
            } catch (IOException e) {
                if (System.nanoTime() - process.startedNanos() > LISTENS_WITHIN.toNanos()) {
                    throw new BenchFailure("the cameras of the bench do not listen: " + e, e);
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    private String ask(String path) throws IOException, InterruptedException {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
