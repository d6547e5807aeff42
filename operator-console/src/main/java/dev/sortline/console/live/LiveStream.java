// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.live;

import dev.sortline.trouble.TroubleLog;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Sends a tick to all viewers five times a second, from one thread, while there are any. What is sent is written once, whatever their number;
 * one who takes nothing for ten seconds is cut.
 *
 * <p>The response is written through the servlet's own non-blocking stream ({@link Viewer}), not through Javalin's {@code SseClient}: that one
 * blocks its caller until the viewer has read, so each viewer would take a thread, and nothing there bounds how long.
 */
final class LiveStream implements AutoCloseable {
    static final int MOST_VIEWERS = 64;

    private static final Duration BETWEEN_TICKS = Duration.ofMillis(200);
    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(LiveStream.class));

    private final WatchedLines lines;
    private final Consumer<Boolean> watched;
    private final Duration patience;
    private final Set<Viewer> viewers = new LinkedHashSet<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        var made = new Thread(task, "live view");
        made.setDaemon(true);
        return made;
    });
    private @Nullable Future<?> ticking;
    private boolean closed;

    /**
     * @param watched told whether anybody watches, each time that changes; must not wait
     * @param patience so long may a viewer take nothing
     */
    LiveStream(WatchedLines lines, Consumer<Boolean> watched, Duration patience) {
        this.lines = lines;
        this.watched = watched;
        this.patience = patience;
    }

    /** Takes a viewer in until he has gone; not when there are {@value #MOST_VIEWERS} already, or this is closed. */
    boolean join(Viewer viewer) {
        synchronized (this) {
            if (closed || viewers.size() >= MOST_VIEWERS) {
                return false;
            }
            viewers.add(viewer);
            if (ticking == null) {
                watched.accept(true);
                // With a fixed rate, a machine that was paused would make up for all the ticks that it missed.
                ticking = thread.scheduleWithFixedDelay(this::tick, 0, BETWEEN_TICKS.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
        var unused = viewer.gone().thenRun(() -> forget(viewer));
        return true;
    }

    synchronized int viewers() {
        return viewers.size();
    }

    private synchronized void forget(Viewer viewer) {
        viewers.remove(viewer);
        if (viewers.isEmpty() && ticking != null) {
            ticking.cancel(false);
            ticking = null;
            watched.accept(false);
        }
    }

    private synchronized List<Viewer> present() {
        return List.copyOf(viewers);
    }

    private void tick() {
        try {
            List<Viewer> present = present();
            Tick tick = present.stream().anyMatch(Viewer::wantsWhole)
                    // In this order: what comes between the two is in both, not in neither.
                    ? Tick.of(lines.news(), lines.whole())
                    : Tick.of(lines.news());
            for (Viewer viewer : present) {
                viewer.offer(tick);
                if (viewer.stuckFor(patience)) {
                    viewer.cut();
                }
            }
        } catch (RuntimeException e) {
            TROUBLE.error("tick", "A tick of the live view failed, the next one comes all the same: " + e);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        present().forEach(Viewer::end);
        thread.shutdownNow();
    }
}
