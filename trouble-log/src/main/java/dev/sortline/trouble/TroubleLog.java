// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trouble;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * A log for trouble that may come at any rate. The first line about a trouble comes at once; of those that follow within a second, the last
 * one comes when the second is over, with the count of those held back. No line is longer than {@value #MOST_CHARACTERS} characters, so
 * that with what the logger sets before it there are at most 500.
 *
 * <p>What counts as the same trouble the caller says with a short code, one of few. Safe for use by any number of threads; never blocks.
 */
public final class TroubleLog {
    /** Longest line, in characters. */
    public static final int MOST_CHARACTERS = 420;

    private final Logger log;
    private final Executor aSecondLater;
    private final Map<String, HeldBack> secondsUnderWay = new HashMap<>();

    /** Writes to a logger. */
    public TroubleLog(Logger log) {
        this(log, CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
    }

    /** @param aSecondLater runs what it is given when a second has passed */
    TroubleLog(Logger log, Executor aSecondLater) {
        this.log = log;
        this.aSecondLater = aSecondLater;
    }

    /** Tells trouble that the line gets over by itself. */
    public void warn(String trouble, String line) {
        tell(Level.WARN, trouble, line);
    }

    /** Tells trouble that somebody has to look at. */
    public void error(String trouble, String line) {
        tell(Level.ERROR, trouble, line);
    }

    private void tell(Level level, String trouble, String line) {
        synchronized (secondsUnderWay) {
            @Nullable HeldBack heldBack = secondsUnderWay.get(trouble);
            if (heldBack != null) {
                heldBack.add(level, line);
                return;
            }
            secondsUnderWay.put(trouble, new HeldBack());
        }
        log.atLevel(level).log(OneLine.of(line, MOST_CHARACTERS));
        aSecondLater.execute(() -> secondOver(trouble));
    }

    private void secondOver(String trouble) {
        @Nullable HeldBack told;
        synchronized (secondsUnderWay) {
            told = secondsUnderWay.remove(trouble);
            if (told == null || told.count == 0) {
                return;
            }
            secondsUnderWay.put(trouble, new HeldBack());
        }
        String others = told.count == 1 ? "" : " (and " + (told.count - 1) + " more like it within a second)";
        log.atLevel(told.level).log(OneLine.of(told.last, MOST_CHARACTERS - others.length()) + others);
        aSecondLater.execute(() -> secondOver(trouble));
    }

    /** What was not told yet of a trouble in the second under way. */
    private static final class HeldBack {
        private int count;
        private Level level = Level.WARN;
        private String last = "";

        private void add(Level level, String line) {
            count++;
            this.level = level;
            last = line;
        }
    }
}
