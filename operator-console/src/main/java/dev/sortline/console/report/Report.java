// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.report;

import dev.sortline.console.figures.LineReport;
import java.time.Instant;
import java.util.List;

/**
 * What a shift came to.
 *
 * @param from when it began, by when items were decided
 * @param to when it ended, itself not within
 * @param complete whether the topic still holds all its events
 * @param lines line by line, in the order of the settings
 */
public record Report(Instant from, Instant to, boolean complete, List<LineReport> lines) {
    public Report {
        lines = List.copyOf(lines);
    }
}
