// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import static org.awaitility.Awaitility.await;

import dev.sortline.loopback.Broker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Items that pass the cameras of several lines in turn, at a steady rate: on each line one after the other for every ejector, and one
 * that is left alone.
 */
public final class ItemFilm implements AutoCloseable {
    private static final String LEFT_ALONE = "trash";

    private final TestCamera camera;
    private final List<String> lines;
    private final List<byte[]> pictures = new ArrayList<>();
    private final int items;
    private final int itemsPerSecond;
    private final AtomicInteger shown = new AtomicInteger();
    private final AtomicInteger published = new AtomicInteger();
    private final ScheduledExecutorService projector = Executors.newSingleThreadScheduledExecutor();
    private volatile long startedNanos;
    private volatile @Nullable Exception failure;

    public ItemFilm(Broker broker, List<String> lines, int items, int itemsPerSecond) {
        camera = new TestCamera(broker);
        this.lines = lines;
        this.items = items;
        this.itemsPerSecond = itemsPerSecond;
        TestLineFile.LABELS.forEach(label -> pictures.add(Samples.picture(label)));
        pictures.add(Samples.picture(LEFT_ALONE));
    }

    public void start() {
        startedNanos = System.nanoTime();
        var unused = projector.scheduleAtFixedRate(
                this::show, 0, TimeUnit.SECONDS.toNanos(1) / itemsPerSecond, TimeUnit.NANOSECONDS);
    }

    /** Waits until that share of the items, 0 to 1, has passed. */
    public void awaitShown(double share) {
        await().atMost(Duration.ofSeconds(30).plusSeconds(2L * items / itemsPerSecond))
                .until(() -> {
                    if (failure != null) {
                        throw failure;
                    }
                    return shown.get() >= share * items;
                });
    }

    /** No more items; waits until the cluster has the last. */
    public void end() throws Exception {
        projector.shutdown();
        if (!projector.awaitTermination(3, TimeUnit.MINUTES)) {
            throw new AssertionError("did not end");
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** How many of them the cluster has: those that passed while it was away were not filmed. */
    public int published() {
        return published.get();
    }

    /** Films the item that is there now. */
    private void show() {
        int item = (int) ((System.nanoTime() - startedNanos) * itemsPerSecond / TimeUnit.SECONDS.toNanos(1));
        if (item >= items) {
            shown.set(items);
            projector.shutdown();
            return;
        }
        if (item < shown.get()) {
            return;
        }
        try {
            byte[] picture = pictures.get(item / lines.size() % pictures.size());
            camera.publish(lines.get(item % lines.size()), item, "item-" + item, picture);
            published.incrementAndGet();
            shown.set(item + 1);
        } catch (Exception e) {
            failure = e;
            projector.shutdown();
        }
    }

    @Override
    public void close() {
        projector.shutdownNow();
        camera.close();
    }
}
