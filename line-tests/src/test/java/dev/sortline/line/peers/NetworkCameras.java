// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Network cameras that film sample items as they come on a belt, now close together, now far apart. Each line has one, a stream of JPEGs under the line's name. */
public final class NetworkCameras implements AutoCloseable {
    private static final int OK = 200;
    private static final Duration WAVE = Duration.ofSeconds(40);
    private static final double ITEMS_CLOSER = 0.5;
    private static final byte[] BLACK = Samples.black();

    static {
        // Else the end of each picture waits 40 ms until the beginning has been acknowledged.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final Map<String, Map<String, Integer>> items;
    private final double framesPerSecond;
    private HttpServer server;
    private volatile boolean covered;

    /** @param items by line: what comes along, how often by label */
    public NetworkCameras(Map<String, Map<String, Integer>> items, double framesPerSecond) throws IOException {
        this.items = items;
        this.framesPerSecond = framesPerSecond;
        server = serve(0);
    }

    private HttpServer serve(int port) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work, "network-camera");
            thread.setDaemon(true);
            return thread;
        }));
        items.forEach((line, times) -> {
            List<List<byte[]>> pictures = new ArrayList<>();
            times.forEach((label, count) -> pictures.addAll(Collections.nCopies(count, Samples.pictures(label))));
            var random = new Random(line.hashCode());
            server.createContext("/" + line, exchange -> film(exchange, pictures, random));
        });
        server.start();
        return server;
    }

    /** Nobody can reach them until they are plugged in. */
    public void unplug() {
        server.stop(0);
    }

    /** They can be reached as before. */
    public void plugIn() throws IOException {
        server = serve(server.getAddress().getPort());
    }

    /** Covers their lenses, or uncovers them: what is covered sees black. */
    public void cover(boolean lenses) {
        covered = lenses;
    }

    /** What {@code cameras} of a line file says of them: each line's is {@code camera-1}. */
    public String settings(List<String> lines) {
        var text = new StringBuilder("cameras:\n");
        lines.forEach(line -> text.append(
                "  %s: { camera-1: { source: { type: mjpeg, url: \"http://127.0.0.1:%d/%s\", silentAfterMillis: 5000 } } }%n"
                        .formatted(line, server.getAddress().getPort(), line)));
        return text.toString();
    }

    private void film(HttpExchange exchange, List<List<byte[]>> pictures, Random random) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "multipart/x-mixed-replace; boundary=part");
        exchange.sendResponseHeaders(OK, 0);
        long start = System.nanoTime();
        try (exchange;
                var out = exchange.getResponseBody()) {
            while (true) {
                var ofLabel = pictures.get(random.nextInt(pictures.size()));
                var now = Instant.now();
                out.write("--part\r\nContent-Type: image/jpeg\r\nX-Timestamp: %d.%06d\r\n\r\n"
                        .formatted(now.getEpochSecond(), now.getNano() / 1_000)
                        .getBytes(StandardCharsets.ISO_8859_1));
                out.write(covered ? BLACK : ofLabel.get(random.nextInt(ofLabel.size())));
                out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                double wave = Math.sin(2 * Math.PI * (System.nanoTime() - start) / WAVE.toNanos());
                TimeUnit.NANOSECONDS.sleep(Math.round(1e9 / framesPerSecond / (1 + ITEMS_CLOSER * wave)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
