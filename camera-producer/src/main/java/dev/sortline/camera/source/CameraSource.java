// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.source;

/** A camera, whatever it speaks. Belongs to one thread; only {@link Thread#interrupt} comes from others. */
public interface CameraSource {
    /**
     * Connects once and hands over what the camera gives, until the connection ends. Blocks; it ends soon after an interrupt, also where a
     * library waits that knows none. It may be called again after it has ended.
     *
     * @param pictures gets {@link PictureSink#opened}, then the pictures in their order, on this thread or one of the source's own
     * @throws CameraFault when the camera cannot be reached, refuses, ends or fails; each connection ends so, but for an interrupt
     * @throws InterruptedException when interrupted
     */
    void film(PictureSink pictures) throws CameraFault, InterruptedException;
}
