// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that is redrawn in place on a terminal, with the time left. Used by one thread. */
final class TerminalBar implements AutoCloseable {
    /** How often it is redrawn. */
    static final Duration INTERVAL = Duration.ofMillis(200);

    private final ProgressBar bar;

    private TerminalBar(ProgressBar bar) {
        this.bar = bar;
    }

    /** Begins a bar of so many steps. */
    static TerminalBar ofSteps(PrintStream out, String name, long steps) {
        return new TerminalBar(builder(out, name, steps).build());
    }

    /**
     * Begins a bar that also shows how fast it goes.
     *
     * @param unit what is counted
     * @param steps how many there will be; -1 when there is no end
     */
    static TerminalBar withSpeed(PrintStream out, String name, String unit, long steps) {
        return new TerminalBar(
                builder(out, name, steps).setUnit(" " + unit, 1).showSpeed().build());
    }

    private static ProgressBarBuilder builder(PrintStream out, String name, long steps) {
        return new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis((int) INTERVAL.toMillis())
                .setConsumer(new ConsoleProgressBarConsumer(out));
    }

    /** One step more; {@code note} stands behind the bar. */
    void step(String note) {
        bar.step();
        bar.setExtraMessage(note);
    }

    /** So many steps in all; the note stays. */
    void stepTo(long steps) {
        bar.stepTo(steps);
    }

    /** So many steps in all. */
    void stepTo(long steps, String note) {
        bar.stepTo(steps);
        bar.setExtraMessage(note);
    }

    @Override
    public void close() {
        bar.close();
    }
}
