// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.review;

import dev.sortline.contract.Frame;

/**
 * The picture of a frame.
 *
 * @param contentType as the frame tells it
 * @param image as the camera made it; shared, not copied: nobody may write to it
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record Picture(String contentType, byte[] image) {
    public static Picture of(Frame frame) {
        return new Picture(frame.contentType(), frame.image());
    }
}
