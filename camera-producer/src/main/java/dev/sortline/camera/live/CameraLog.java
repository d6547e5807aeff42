// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.live;

import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.CameraNews;
import dev.sortline.camera.source.StreamFormat;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a camera's connection at its changes: a camera that is away for a night is no reason for a line every ten seconds. What goes on is
 * told again every {@value #MINUTES_BETWEEN} minutes, with how often it was tried. Belongs to the camera's thread.
 */
final class CameraLog implements CameraNews {
    private static final int MINUTES_BETWEEN = 10;
    private static final long BETWEEN_NANOS =
            Duration.ofMinutes(MINUTES_BETWEEN).toNanos();

    private final String camera;
    private final Consumer<String> info;
    private final Consumer<String> warn;
    private final LongSupplier nanos;
    private CameraFault.@Nullable Kind told;
    private long toldAt;
    private int since;

    /**
     * @param camera its name, for people
     * @param info takes a line of what is well
     * @param warn takes a line of what is not
     * @param nanos time that only moves forward
     */
    CameraLog(String camera, Consumer<String> info, Consumer<String> warn, LongSupplier nanos) {
        this.camera = camera;
        this.info = info;
        this.warn = warn;
        this.nanos = nanos;
    }

    @Override
    public void connected(StreamFormat format) {
        told = null;
        info.accept(camera + " is connected: " + format.told());
    }

    @Override
    public void lost(CameraFault fault) {
        long now = nanos.getAsLong();
        if (fault.kind() == told && now - toldAt < BETWEEN_NANOS) {
            since++;
            return;
        }
        String before =
                fault.kind() == told ? " (and %d more like it in %d minutes)".formatted(since, MINUTES_BETWEEN) : "";
        told = fault.kind();
        toldAt = now;
        since = 0;
        warn.accept(camera + ": " + fault.getMessage() + before);
    }
}
