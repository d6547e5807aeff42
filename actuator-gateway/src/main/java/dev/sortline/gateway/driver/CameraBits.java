// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import dev.sortline.contract.CameraStatus;
import dev.sortline.contract.CameraTrouble;
import java.util.List;

/** What a line's cameras have, all together in one number, as docs/plc.md has it: 0 when it is known that all are well. It fits a signed word. */
public final class CameraBits {
    /** Nobody tells how the cameras do. */
    public static final int UNKNOWN = 1 << 14;

    private CameraBits() {}

    /** The bits of a line's cameras; {@link #UNKNOWN} when there are none to tell of. */
    public static int of(List<CameraStatus> cameras) {
        if (cameras.isEmpty()) {
            return UNKNOWN;
        }
        return cameras.stream()
                .flatMap(camera -> camera.troubles().stream())
                .mapToInt(CameraBits::bit)
                .reduce(0, (some, more) -> some | more);
    }

    private static int bit(CameraTrouble trouble) {
        return switch (trouble) {
            case SILENT -> 1;
            case CLOCK_AHEAD -> 1 << 1;
            case CLOCK_BEHIND -> 1 << 2;
            case FROZEN -> 1 << 3;
            case REPEATING -> 1 << 4;
            case SEQUENCE_RESET -> 1 << 5;
            case FRAMES_MISSING -> 1 << 6;
            case OTHER -> 1 << 13;
        };
    }
}
