// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import dev.sortline.loopback.Broker;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Films some lines in turns, at a steady rate whatever becomes of the frames, until it is closed. */
public final class SteadyCamera implements AutoCloseable {
    private final TestCamera camera;
    private final AtomicLong published = new AtomicLong();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    /** @param framesPerSecond of all lines together */
    public SteadyCamera(Broker broker, List<String> lines, int framesPerSecond, byte[] picture) {
        camera = new TestCamera(broker);
        var unused = timer.scheduleAtFixedRate(
                () -> publish(lines, picture), 0, 1_000_000_000L / framesPerSecond, TimeUnit.NANOSECONDS);
    }

    private void publish(List<String> lines, byte[] picture) {
        try {
            long number = published.get();
            camera.publish(lines.get((int) (number % lines.size())), number, picture);
            published.incrementAndGet();
        } catch (Exception e) {
            throw new AssertionError("frame " + published + " was not taken", e);
        }
    }

    /** How many frames the broker has. */
    public long published() {
        return published.get();
    }

    /** Films no more. */
    public void stop() throws InterruptedException {
        timer.shutdown();
        if (!timer.awaitTermination(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the camera does not stop");
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        camera.close();
    }
}
