// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.console.feed.LineFeed;
import dev.sortline.console.view.Belts;
import dev.sortline.console.web.ConsoleServer;
import dev.sortline.console.web.Gate;
import dev.sortline.console.web.Passwords;
import dev.sortline.contract.Frame;
import dev.sortline.contract.MissingTopics;
import dev.sortline.loopback.BrokerProcess;
import dev.sortline.sorting.Line;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the live view takes of a processor and of memory: 4 lines of 30 frames a second with an item each, one viewer, then 50 of whom one never
 * reads. {@code -Dsortline.live.seconds=600} looks for longer. Processor time is that of the console's own threads; the broker is a process of
 * its own, and cameras and viewers have other threads.
 */
@Tag("exhaustive")
class LiveLoadIT {
    private static final int SECONDS = Integer.getInteger("sortline.live.seconds", 40);
    private static final int WARM_UP_SECONDS = 30;
    private static final int FRAMES_A_SECOND = 30;
    private static final int VIEWERS = 50;
    private static final List<String> LINES = List.of("a", "b", "c", "d");
    private static final Set<String> OWN_THREADS = Set.of("live view", "thumbnails", "watched frames", "line feed");

    private final AtomicLong sent = new AtomicLong();

    @Test
    void consoleTakesLessThanATenthOfAProcessor(@TempDir Path folder) throws Exception {
        // Given
        List<byte[]> pictures = pictures();
        Map<String, Line> lines = new LinkedHashMap<>();
        LINES.forEach(id -> lines.put(id, Belts.line(id)));
        var clock = InstantSource.system();
        try (var broker = BrokerProcess.start(folder);
                Admin admin = Admin.create(broker.clientProperties())) {
            MissingTopics.create(admin);
            ScheduledExecutorService cameras = Executors.newSingleThreadScheduledExecutor();
            try (var publisher = new LinePublisher(broker.clientProperties());
                    var view = LiveView.start(broker.clientProperties(), lines, true, () -> true, clock);
                    var feed = LineFeed.start(broker.clientProperties(), clock, List.of(view.listener()));
                    var server = ConsoleServer.start(
                            new ConsoleServer.Place("127.0.0.1", 0, Optional.empty()),
                            new Gate(Passwords.of(Optional.empty(), Optional.empty()), clock, false),
                            List.of(view));
                    var viewer = new Drain(server.port())) {
                await().atMost(Duration.ofMinutes(1)).until(feed::caughtUp);
                var unused = cameras.scheduleAtFixedRate(
                        () -> publish(publisher, pictures), 0, 1_000_000 / FRAMES_A_SECOND, TimeUnit.MICROSECONDS);
                pass(WARM_UP_SECONDS);

                // When
                Map<String, Long> before = processorNanos();
                long from = System.nanoTime();
                long fromFrames = sent.get();
                long fromBytes = viewer.bytes();
                pass(SECONDS);
                double seconds = (System.nanoTime() - from) / 1e9;
                Map<String, Double> shares = new TreeMap<>();
                processorNanos()
                        .forEach((thread, nanos) -> shares.merge(
                                thread, (nanos - before.getOrDefault(thread, 0L)) / 1e9 / seconds, Double::sum));
                double share = shares.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
                double framesASecond = (sent.get() - fromFrames) / seconds;
                double bytesASecond = (viewer.bytes() - fromBytes) / seconds;
                long heapOfOne = usedHeap();
                List<AutoCloseable> others = new ArrayList<>();
                others.add(neverReading(server.port()));
                while (others.size() < VIEWERS - 1) {
                    others.add(new Drain(server.port()));
                }
                await().atMost(Duration.ofSeconds(30)).until(() -> view.viewers() >= VIEWERS - 1);
                pass(SECONDS);
                int watching = view.viewers();
                long heapOfAll = usedHeap();
                for (AutoCloseable other : others) {
                    other.close();
                }

                // Then
                System.out.printf(
                        "%s: %.1f frames a second, one viewer who gets %.0f kB/s: %.1f %% of a processor %s%n"
                                + "heap in use: %.1f MiB with one viewer, %.1f MiB after %d s of %d (still there: %d)%n",
                        processor(),
                        framesASecond,
                        bytesASecond / 1000,
                        share * 100,
                        shares,
                        heapOfOne / 1048576.0,
                        heapOfAll / 1048576.0,
                        SECONDS,
                        VIEWERS,
                        watching);
                assertThat(share).isLessThan(0.1);
                assertThat(heapOfAll - heapOfOne).isLessThan(16L << 20);
                assertThat(watching).isGreaterThanOrEqualTo(VIEWERS - 1);
            } finally {
                cameras.shutdownNow();
            }
        }
    }

    private void publish(LinePublisher publisher, List<byte[]> pictures) {
        for (String line : LINES) {
            long number = sent.incrementAndGet();
            String item = "i" + number;
            byte[] picture = pictures.get((int) (number % pictures.size()));
            publisher.publish(new Frame(
                    Belts.frameOf(item), line, "cam", number, item, Instant.now(), null, "image/jpeg", null, picture));
            publisher.publish(Belts.glass(line, item, Instant.now()));
            publisher.publish(Belts.outcome(line, item, "fired"));
        }
    }

    private void pass(int seconds) {
        long until = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        await().atMost(Duration.ofSeconds(seconds + 60L))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> System.nanoTime() > until);
    }

    private static List<byte[]> pictures() throws IOException {
        List<byte[]> pictures = new ArrayList<>();
        try (var files = Files.walk(Path.of("../samples/belt"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".jpg"))
                    .sorted()
                    .toList()) {
                pictures.add(Files.readAllBytes(file));
            }
        }
        return pictures;
    }

    private static Map<String, Long> processorNanos() {
        var threads = ManagementFactory.getThreadMXBean();
        Map<String, Long> nanos = new TreeMap<>();
        for (var thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null
                    && (OWN_THREADS.contains(thread.getThreadName())
                            || thread.getThreadName().startsWith("console"))) {
                String name = thread.getThreadName().startsWith("console") ? "console" : thread.getThreadName();
                nanos.merge(name, Math.max(0, threads.getThreadCpuTime(thread.getThreadId())), Long::sum);
            }
        }
        return nanos;
    }

    private static long usedHeap() {
        // The smallest of some: what is in hand at the moment is not kept.
        long least = Long.MAX_VALUE;
        for (int look = 0; look < 5; look++) {
            System.gc();
            MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
            least = Math.min(least, heap.getUsed());
        }
        return least;
    }

    private static Socket neverReading(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        ask(socket);
        return socket;
    }

    private static void ask(Socket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /api/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    }

    private static String processor() throws IOException {
        Path told = Path.of("/proc/cpuinfo");
        return Files.isReadable(told)
                ? Files.readAllLines(told).stream()
                        .filter(line -> line.startsWith("model name"))
                        .findFirst()
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .orElse("unknown processor")
                : "unknown processor";
    }

    /** A viewer who reads and keeps nothing. */
    private static final class Drain implements AutoCloseable {
        private final Socket socket;
        private final AtomicLong read = new AtomicLong();

        Drain(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            ask(socket);
            var thread = new Thread(this::read, "a viewer of the test");
            thread.setDaemon(true);
            thread.start();
        }

        long bytes() {
            return read.get();
        }

        private void read() {
            byte[] buffer = new byte[1 << 16];
            try {
                for (int bytes = 0; bytes >= 0; bytes = socket.getInputStream().read(buffer)) {
                    read.addAndGet(bytes);
                }
            } catch (IOException e) {
                // closed
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
