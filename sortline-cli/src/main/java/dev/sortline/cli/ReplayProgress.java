// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.camera.publishing.Published;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far a replay has come: a bar on a terminal, a plain line every 5 s elsewhere. Used by one thread. */
final class ReplayProgress implements AutoCloseable {
    private static final Duration LINE_INTERVAL = Duration.ofSeconds(5);

    private final PrintStream out;
    private final @Nullable TerminalBar bar;
    private long shownFrames;

    private ReplayProgress(PrintStream out, @Nullable TerminalBar bar) {
        this.out = out;
        this.bar = bar;
    }

    /**
     * Begins on standard error.
     *
     * @param frames how many there will be; -1 when the replay has no end
     */
    static ReplayProgress begin(long frames) {
        return new ReplayProgress(
                System.err,
                Terminal.interactive() ? TerminalBar.withSpeed(System.err, "published", "frames", frames) : null);
    }

    /** How often to {@link #show}. */
    Duration interval() {
        return bar != null ? TerminalBar.INTERVAL : LINE_INTERVAL;
    }

    /** To be called once an {@link #interval}. */
    void show(Published totals) {
        if (bar != null) {
            bar.stepTo(totals.frames(), troubles(totals));
        } else {
            double rate = (totals.frames() - shownFrames) / (double) LINE_INTERVAL.toSeconds();
            out.printf(Locale.ROOT, "published %d frames, %.1f/s, %s%n", totals.frames(), rate, troubles(totals));
        }
        shownFrames = totals.frames();
    }

    /** The cameras have ended; what is still in flight is not in the totals. */
    void end(Published totals) {
        if (bar != null) {
            bar.stepTo(totals.frames());
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    private static String troubles(Published totals) {
        return String.format(
                        Locale.ROOT,
                        "held back %d (%.1f s)",
                        totals.heldBack(),
                        totals.waited().toMillis() / 1e3)
                + (totals.failed() > 0 ? ", failed " + totals.failed() : "")
                + (totals.skipped() > 0 ? ", skipped " + totals.skipped() : "");
    }
}
