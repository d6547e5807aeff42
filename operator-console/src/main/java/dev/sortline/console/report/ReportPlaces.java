// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.report;

import java.util.HashSet;
import java.util.Set;

/** Who has a report read just now: a viewer one at a time, and {@value #MOST} viewers at all. Safe for use by several threads. */
final class ReportPlaces {
    static final int MOST = 2;

    private final Set<String> taken = new HashSet<>();

    /** Takes a place for a viewer; {@code false} when there is none. */
    synchronized boolean take(String viewer) {
        return taken.size() < MOST && taken.add(viewer);
    }

    /** Gives a viewer's place back. */
    synchronized void leave(String viewer) {
        taken.remove(viewer);
    }
}
