// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.trainer.progress.ProgressListener;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Progress for a person: a bar with the time left on a terminal, ten plain lines a stage elsewhere. */
final class ConsoleProgress implements ProgressListener {
    private static final int LINES_A_STAGE = 10;

    private final PrintStream out;
    private final boolean terminal;
    private final InstantSource clock;
    private @Nullable TerminalBar bar;
    private String stage = "";
    private long steps;
    private long done;
    private long startMillis;

    private ConsoleProgress(PrintStream out, boolean terminal, InstantSource clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * Writes to a stream.
     *
     * @param terminal whether a person watches it, so that a bar may be redrawn in place
     */
    static ConsoleProgress on(PrintStream out, boolean terminal) {
        return new ConsoleProgress(out, terminal, InstantSource.system());
    }

    static ConsoleProgress plain(PrintStream out, InstantSource clock) {
        return new ConsoleProgress(out, false, clock);
    }

    @Override
    public void begin(String stage, long steps) {
        end();
        this.stage = stage;
        this.steps = steps;
        done = 0;
        startMillis = clock.millis();
        if (terminal) {
            bar = TerminalBar.ofSteps(out, stage, steps);
        }
    }

    @Override
    public void step(String note) {
        done++;
        if (bar != null) {
            bar.step(note);
        } else if (done * LINES_A_STAGE / steps != (done - 1) * LINES_A_STAGE / steps) {
            out.println(String.format(Locale.ROOT, "%s: %d of %d, %s left  %s", stage, done, steps, text(left()), note)
                    .stripTrailing());
        }
    }

    @Override
    public void end() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    @Override
    public void skipped(Path image, String reason) {
        note("skipped " + image + ": " + reason);
    }

    @Override
    public void note(String line) {
        out.println(bar == null ? line : "\r" + line);
    }

    private Duration left() {
        return Duration.ofMillis((clock.millis() - startMillis) * (steps - done) / Math.max(1, done));
    }

    private static String text(Duration duration) {
        return duration.toMinutes() + ":" + String.format(Locale.ROOT, "%02d", duration.toSecondsPart());
    }
}
