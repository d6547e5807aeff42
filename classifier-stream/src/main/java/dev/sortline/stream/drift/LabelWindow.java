// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.drift;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

/** How often each label of a model was answered in the last hour, to the minute. Safe for use by several threads. */
public final class LabelWindow {
    /** What is longer ago is forgotten, a minute at a time. */
    public static final Duration REMEMBERED = Duration.ofHours(1);

    /** Of fewer items nothing is told: their shares are chance. */
    public static final int FEWEST_ITEMS = 100;

    private static final int MINUTES = (int) REMEMBERED.toMinutes();

    private final List<String> labels;
    private final InstantSource clock;
    private final long[][] counts = new long[MINUTES][];
    private long minute;

    /**
     * @param labels the model's
     * @param clock says what the last hour is
     */
    public LabelWindow(List<String> labels, InstantSource clock) {
        this.labels = List.copyOf(labels);
        this.clock = clock;
        Arrays.setAll(counts, each -> new long[labels.size()]);
        minute = minuteNow();
    }

    /** An item was taken for that; a label that the model has not is nothing. */
    public synchronized void add(String label) {
        int at = labels.indexOf(label);
        if (at >= 0) {
            forget();
            counts[slot(minute)][at]++;
        }
    }

    /** The label's share of the items of the last hour, 0..1; not a number while they are few. */
    public synchronized double share(String label) {
        forget();
        long all = 0;
        long ofLabel = 0;
        int at = labels.indexOf(label);
        for (long[] minutes : counts) {
            all += Arrays.stream(minutes).sum();
            ofLabel += at < 0 ? 0 : minutes[at];
        }
        return all < FEWEST_ITEMS ? Double.NaN : (double) ofLabel / all;
    }

    /** The model's labels. */
    public List<String> labels() {
        return labels;
    }

    private void forget() {
        long now = minuteNow();
        if (now < minute) {
            // The clock was set back: whoever waited for it would count nothing meanwhile.
            minute = now;
        }
        for (long each = Math.max(minute + 1, now - MINUTES + 1); each <= now; each++) {
            Arrays.fill(counts[slot(each)], 0);
        }
        minute = now;
    }

    private static int slot(long minute) {
        return Math.floorMod(minute, MINUTES);
    }

    private long minuteNow() {
        return Math.floorDiv(clock.instant().getEpochSecond(), 60L);
    }
}
