// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import dev.sortline.camera.source.CameraFault;

/** Says what is wrong where video could not be opened. */
public interface OpeningFault {
    /**
     * The fault.
     *
     * @param error FFmpeg's number
     * @param said what FFmpeg said meanwhile, in lines; a password may be in it
     */
    CameraFault of(int error, String said);
}
