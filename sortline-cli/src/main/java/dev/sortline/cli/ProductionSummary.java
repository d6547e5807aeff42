// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.camera.publishing.Published;
import java.time.Duration;
import java.util.Locale;

/** The last line of cameras that have ended. */
final class ProductionSummary {
    private ProductionSummary() {}

    /** @param nanos how long they ran */
    static String of(Published totals, int cameras, long nanos) {
        return String.format(
                Locale.ROOT,
                "published %d frames (%.1f MB) of %d %s in %.1f s; failed %d, skipped %d, dropped %d, not asked for %d; held back %d times, %.1f s in all",
                totals.frames(),
                totals.bytes() / 1e6,
                cameras,
                cameras == 1 ? "camera" : "cameras",
                seconds(Duration.ofNanos(nanos)),
                totals.failed(),
                totals.skipped(),
                totals.dropped(),
                totals.notAsked(),
                totals.heldBack(),
                seconds(totals.waited()));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
