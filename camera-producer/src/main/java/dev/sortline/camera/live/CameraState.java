// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.live;

import dev.sortline.camera.sight.SightTrouble;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.CameraNews;
import dev.sortline.camera.source.StreamFormat;
import dev.sortline.camera.time.CaptureTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a camera does. Told by its own threads, asked by any. */
final class CameraState implements CameraNews {
    private final String camera;
    private final List<CameraNews> further;
    private volatile boolean connected;
    private volatile String fault = "not connected yet";
    private volatile @Nullable SightTrouble sight;
    private volatile boolean undecodable;
    private volatile @Nullable CaptureTime lastCapture;

    /**
     * Nothing is known yet.
     *
     * @param camera its name, for people
     * @param further hear the same
     */
    CameraState(String camera, List<CameraNews> further) {
        this.camera = camera;
        this.further = List.copyOf(further);
    }

    @Override
    public void connected(StreamFormat format) {
        connected = true;
        further.forEach(each -> each.connected(format));
    }

    @Override
    public void lost(CameraFault lost) {
        fault = String.valueOf(lost.getMessage());
        connected = false;
        further.forEach(each -> each.lost(lost));
    }

    void sees(@Nullable SightTrouble trouble) {
        sight = trouble;
    }

    /**
     * Hears whether the last picture that was looked at could be decoded.
     *
     * @return whether that is news, and bad
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    boolean decodes(boolean could) {
        boolean before = undecodable;
        undecodable = !could;
        return !could && !before;
    }

    /** What is to be told while pictures cannot be decoded. */
    String blind() {
        return camera + ": its pictures cannot be decoded, so nothing is found in them: see what the camera sends";
    }

    void took(CaptureTime captured) {
        lastCapture = captured;
    }

    boolean isConnected() {
        return connected;
    }

    @Nullable SightTrouble sight() {
        return sight;
    }

    /** How far the last time of capture may be off, in seconds; not a number before the first, and where nobody knows: of a mere arrival. */
    double uncertaintySeconds() {
        CaptureTime last = lastCapture;
        return last == null || last.basis() == CaptureTime.Basis.ARRIVAL
                ? Double.NaN
                : last.uncertainty().toNanos() / 1e9;
    }

    /** What is wrong now, a line each; none when all is well. */
    List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        if (!connected) {
            troubles.add(camera + ": " + fault);
        }
        if (undecodable) {
            troubles.add(blind());
        }
        SightTrouble seen = sight;
        if (seen != null) {
            troubles.add(seen.told(camera));
        }
        return troubles;
    }
}
