// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.chaos;

import dev.sortline.line.peers.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A smart camera that drops a picture into a folder twice a second, each an item of its own, whoever watches the folder. */
final class DroppedPictures implements AutoCloseable {
    private static final long EVERY_MILLIS = 500;

    private final Path folder;
    private final List<byte[]> pictures =
            List.of("glass", "metal", "plastic").stream().map(Samples::picture).toList();
    private final AtomicInteger dropped = new AtomicInteger();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private volatile @Nullable IOException failure;

    /** @param folder is made */
    DroppedPictures(Path folder) throws IOException {
        this.folder = Files.createDirectory(folder);
    }

    void start() {
        var unused = timer.scheduleWithFixedDelay(this::drop, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** No more of them. */
    void end() throws IOException, InterruptedException {
        timer.shutdown();
        if (!timer.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new AssertionError("did not end");
        }
        if (failure != null) {
            throw failure;
        }
    }

    int dropped() {
        return dropped.get();
    }

    private void drop() {
        int number = dropped.get();
        try {
            // Its dot keeps it from being seen before it is whole.
            Path part = folder.resolve("." + number + ".part");
            Files.write(part, pictures.get(number % pictures.size()));
            Files.move(part, folder.resolve(number + ".jpg"), StandardCopyOption.ATOMIC_MOVE);
            dropped.incrementAndGet();
        } catch (IOException e) {
            failure = e;
            timer.shutdown();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
