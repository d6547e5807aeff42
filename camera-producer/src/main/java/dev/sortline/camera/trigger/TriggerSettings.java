// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.trigger;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.nio.file.Path;

/** Which pictures of a camera become frames, the entry {@code trigger} of one under {@code cameras} of the line file; {@code type} says how. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public interface TriggerSettings {
    /** The same, with paths that start at a folder. */
    default TriggerSettings startingAt(Path folder) {
        return this;
    }

    /** Whether it looks at pictures, so that it is blind where they cannot be decoded. */
    default boolean looksAtPictures() {
        return false;
    }

    /**
     * Makes the trigger of one camera; it has seen nothing yet.
     *
     * @param cameraId stands in the ids of items that the trigger itself finds
     */
    FrameTrigger open(String cameraId);
}
