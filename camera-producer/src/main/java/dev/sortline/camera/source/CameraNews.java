// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.source;

/** Hears how a camera's connection does. Called on the camera's thread; must not block. */
public interface CameraNews {
    /** The camera answers. */
    void connected(StreamFormat format);

    /** The connection has ended, or did not come about. */
    void lost(CameraFault fault);
}
