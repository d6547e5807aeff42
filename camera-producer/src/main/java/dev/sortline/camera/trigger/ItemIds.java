// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.trigger;

import java.time.Instant;

/** Names items that nobody else names: {@code {camera}-{milliseconds since 1970}-{count}}, of which an id of 64 characters must not become longer. */
final class ItemIds {
    private static final int MOST_CAMERA_CHARACTERS = 40;

    private final String camera;
    private long count;

    /** @param cameraId its last 40 characters count: where there are more, they are what tells cameras apart */
    ItemIds(String cameraId) {
        camera = cameraId.substring(Math.max(0, cameraId.length() - MOST_CAMERA_CHARACTERS));
    }

    String next(Instant at) {
        count++;
        return camera + "-" + at.toEpochMilli() + "-" + count;
    }
}
