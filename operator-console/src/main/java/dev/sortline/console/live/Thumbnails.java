// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.live;

import dev.sortline.console.view.SeenFrame;
import dev.sortline.contract.BadEnvelopeException;
import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameDeserializer;
import dev.sortline.trouble.TroubleLog;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Small pictures of some frames. Frames are read only while somebody watches; of each line at most four a second are made, of the newest frame
 * each time, on a thread of their own that gives way to others; the frames between are not even looked into. The last {@value #KEPT} of each
 * line are kept.
 */
final class Thumbnails implements AutoCloseable {
    /** As many as a line's view knows of. */
    static final int KEPT = 64;

    private static final Duration BETWEEN_PICTURES = Duration.ofMillis(250);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final Duration TO_CLOSE = Duration.ofSeconds(10);
    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(Thumbnails.class));

    private final FrameSource frames;
    private final BiConsumer<String, SeenFrame> seen;
    private final Map<String, Shelf> shelves = new LinkedHashMap<>();
    private final FrameDeserializer deserializer = new FrameDeserializer();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Thumbnails::thread);
    private @Nullable Future<?> looking;

    /** The thread's own. */
    private FrameSource.@Nullable Reading reading;

    /**
     * Begins when it is {@linkplain #watch watched}.
     *
     * @param firstNumber number of the first picture of each line; above all that were given away before, also by an earlier process: a
     *     browser keeps a picture by its number
     * @param seen hears of each picture and its line, on the pictures' own thread
     */
    Thumbnails(Collection<String> lines, FrameSource frames, long firstNumber, BiConsumer<String, SeenFrame> seen) {
        this.frames = frames;
        this.seen = seen;
        lines.forEach(line -> shelves.put(line, new Shelf(line, firstNumber)));
    }

    // Nothing depends on it: who decides and who fires shall only not wait for who looks on.
    @SuppressWarnings("ThreadPriorityCheck")
    private static Thread thread(Runnable task) {
        var made = new Thread(task, "thumbnails");
        made.setDaemon(true);
        made.setPriority(Thread.MIN_PRIORITY);
        return made;
    }

    /** Reads frames from now on, or no more. Returns at once. */
    synchronized void watch(boolean anybody) {
        if (thread.isShutdown() || anybody == (looking != null)) {
            return;
        }
        if (looking == null) {
            thread.execute(this::startReading);
            long millis = BETWEEN_LOOKS.toMillis();
            looking = thread.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
        } else {
            looking.cancel(false);
            looking = null;
            thread.execute(this::stopReading);
        }
    }

    /** A picture as it was numbered. */
    Optional<byte[]> of(String line, long number) {
        Shelf shelf = shelves.get(line);
        return shelf == null ? Optional.empty() : shelf.picture(number);
    }

    private void startReading() {
        if (reading == null) {
            reading = frames.read(this::take);
        }
    }

    private void stopReading() {
        if (reading != null) {
            reading.close();
            reading = null;
        }
        shelves.values().forEach(shelf -> shelf.newest.set(null));
    }

    private void take(ConsumerRecord<String, byte[]> frame) {
        Shelf shelf = frame.key() == null ? null : shelves.get(frame.key());
        if (shelf != null) {
            shelf.newest.set(frame);
        }
    }

    private void look() {
        shelves.values().forEach(Shelf::makeNext);
    }

    @Override
    public void close() {
        watch(false);
        thread.shutdown();
        try {
            var unused = thread.awaitTermination(TO_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A line's pictures. */
    private final class Shelf {
        private final AtomicReference<@Nullable ConsumerRecord<String, byte[]>> newest = new AtomicReference<>();
        private final Map<Long, byte[]> pictures = new LinkedHashMap<>();
        private final String line;
        private long next;
        private long lastNanos = System.nanoTime() - BETWEEN_PICTURES.toNanos();

        Shelf(String line, long firstNumber) {
            this.line = line;
            next = firstNumber;
        }

        void makeNext() {
            long now = System.nanoTime();
            if (now - lastNanos < BETWEEN_PICTURES.toNanos()) {
                return;
            }
            ConsumerRecord<String, byte[]> taken = newest.getAndSet(null);
            if (taken == null) {
                return;
            }
            lastNanos = now;
            try {
                Frame frame = deserializer.deserialize(taken.topic(), taken.headers(), taken.value());
                if (frame.lineId().equals(line)) {
                    SmallPicture.of(frame.image()).ifPresent(picture -> keep(frame, picture));
                }
            } catch (BadEnvelopeException e) {
                // The classifier tells whoever must know.
            } catch (RuntimeException | OutOfMemoryError e) {
                TROUBLE.error("thumbnail", "A frame of line " + line + " has no small picture: " + e);
            }
        }

        private void keep(Frame frame, byte[] picture) {
            long number = next++;
            synchronized (pictures) {
                pictures.put(number, picture);
                if (pictures.size() > KEPT) {
                    pictures.remove(pictures.keySet().iterator().next());
                }
            }
            seen.accept(
                    line,
                    new SeenFrame(
                            frame.id(),
                            frame.item(),
                            frame.cameraId(),
                            frame.capturedAt(),
                            "/api/lines/" + line + "/thumbnails/" + number));
        }

        Optional<byte[]> picture(long number) {
            synchronized (pictures) {
                return Optional.ofNullable(pictures.get(number));
            }
        }
    }
}
