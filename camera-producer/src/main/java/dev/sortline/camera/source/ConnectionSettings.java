// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.source;

import java.time.InstantSource;

/** A camera that is connected to and read. */
public interface ConnectionSettings extends SourceSettings {
    /** Makes the source; it reaches for nothing yet. */
    CameraSource open(InstantSource clock);
}
