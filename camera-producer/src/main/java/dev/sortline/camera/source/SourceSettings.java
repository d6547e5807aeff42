// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.source;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.nio.file.Path;

/** What a camera is and where, the entry {@code source} of one under {@code cameras} of the line file; {@code type} says which kind it is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public interface SourceSettings {
    /** The same, with paths that start at a folder. */
    default SourceSettings startingAt(Path folder) {
        return this;
    }

    /** Where it is, for logs: without user and password. */
    String place();
}
