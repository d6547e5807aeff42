// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import dev.sortline.camera.source.CameraFault;
import java.time.Duration;

/** Says what is wrong where video could not be opened. */
public interface OpeningFault {
    /**
     * The fault.
     *
     * @param error FFmpeg's number
     * @param said what FFmpeg said meanwhile, in lines; a password may be in it
     * @param waited how long it took
     */
    CameraFault of(int error, String said, Duration waited);
}
