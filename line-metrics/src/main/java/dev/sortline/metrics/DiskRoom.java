// SPDX-License-Identifier: Apache-2.0
package dev.sortline.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** How large the disk of a folder is, and how much of it the process may still fill. */
public final class DiskRoom {
    private DiskRoom() {}

    /**
     * Shows it from now on.
     *
     * @param word what the folder is to the process: tag of the metrics
     * @param folder need not be there yet
     */
    public static void show(MeterRegistry registry, String word, Path folder) {
        LineMetric.DISK_FREE.gauge(registry, () -> bytes(folder, File::getUsableSpace), "folder", word);
        LineMetric.DISK_SIZE.gauge(registry, () -> bytes(folder, File::getTotalSpace), "folder", word);
    }

    /** A folder that is not there has no room at all, by what the file system says. */
    private static double bytes(Path folder, ToLongFunction<File> space) {
        @Nullable Path there = folder.toAbsolutePath();
        while (there != null && !Files.isDirectory(there)) {
            there = there.getParent();
        }
        return there == null ? Double.NaN : space.applyAsLong(there.toFile());
    }
}
