// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.nio.file.Path;
import java.time.InstantSource;

/** Who calls for pictures of a camera and how, the entry {@code source} of its {@code trigger}; {@code type} says which kind it is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public interface CallSourceSettings {
    /** The same, with paths that start at a folder. */
    default CallSourceSettings startingAt(Path folder) {
        return this;
    }

    /**
     * Makes the source; it reaches for nothing yet.
     *
     * @param name of the camera, to be told apart by the other side
     * @param clock by which calls get their moment
     */
    CallSource open(String name, InstantSource clock);
}
