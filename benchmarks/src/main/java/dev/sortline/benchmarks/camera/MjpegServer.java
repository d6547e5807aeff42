// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.camera;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The {@code main} of cameras that give JPEGs over HTTP: {@code /} and any name is one, and each keeps its rate whatever happens to the
 * others. What it could not give in time because nobody took it is never given. Beside each picture it tells when it was sent.
 *
 * <p>{@code /given} answers with a line for each camera, its path and the pictures that it has given; {@code /stop} ends all of them.
 */
final class MjpegServer {
    private static final int BACKLOG = 64;

    private final List<byte[]> film;
    private final long everyNanos;
    private final Map<String, AtomicLong> given = new ConcurrentSkipListMap<>();
    private volatile boolean stopped;

    private MjpegServer(List<byte[]> film, int framesPerSecond) {
        this.film = film;
        everyNanos = 1_000_000_000L / framesPerSecond;
    }

    /** Serves until it is killed. Arguments: port, folder of pictures, pictures a second. */
    public static void main(String... args) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(args[1]));
                var listening =
                        new ServerSocket(Integer.parseInt(args[0]), BACKLOG, InetAddress.getLoopbackAddress())) {
            List<Path> pictures = files.sorted().toList();
            byte[][] film = new byte[pictures.size()][];
            for (int i = 0; i < film.length; i++) {
                film[i] = Files.readAllBytes(pictures.get(i));
            }
            var server = new MjpegServer(List.of(film), Integer.parseInt(args[2]));
            while (true) {
                Socket connection = listening.accept();
                new Thread(() -> server.serve(connection), "camera").start();
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            var in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            String[] request = String.valueOf(in.readLine()).split(" ", -1);
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                // what else is asked
            }
            answer(request.length > 1 ? request[1] : "/", connection.getOutputStream());
        } catch (IOException e) {
            // Whoever looked has gone.
        }
    }

    private void answer(String path, OutputStream out) throws IOException {
        if (path.equals("/given")) {
            var text = new StringBuilder();
            given.forEach((camera, pictures) ->
                    text.append(camera).append(' ').append(pictures).append('\n'));
            out.write(bytes("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n" + text));
        } else if (path.equals("/stop") || stopped) {
            stopped = true;
            out.write(bytes("HTTP/1.0 503 Stopped\r\n\r\n"));
        } else {
            out.write(bytes("HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=picture\r\n\r\n"));
            film(given.computeIfAbsent(path, camera -> new AtomicLong()), out);
        }
    }

    private void film(AtomicLong count, OutputStream out) throws IOException {
        long next = System.nanoTime();
        for (long tick = 0; !stopped; tick++, next += everyNanos) {
            long early = next - System.nanoTime();
            if (early < -everyNanos) {
                continue;
            }
            if (early > 0) {
                LockSupport.parkNanos(early);
            }
            byte[] jpeg = film.get((int) (tick % film.size()));
            Instant now = Instant.now();
            byte[] head =
                    bytes("--picture\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\nX-Timestamp: %d.%06d\r\n\r\n"
                            .formatted(jpeg.length, now.getEpochSecond(), now.getNano() / 1_000));
            byte[] part = new byte[head.length + jpeg.length + 2];
            System.arraycopy(head, 0, part, 0, head.length);
            System.arraycopy(jpeg, 0, part, head.length, jpeg.length);
            part[part.length - 2] = '\r';
            part[part.length - 1] = '\n';
            out.write(part);
            count.incrementAndGet();
        }
        out.flush();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
