// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.picture;

import dev.sortline.camera.time.CaptureTime;

/**
 * One picture as a camera gave it.
 *
 * @param bytes a JPEG or PNG; shared, not copied: nobody may write to it
 * @param contentType {@code image/jpeg} or {@code image/png}
 * @param captured when it was taken
 */
// The array is the payload of the hot path: a copy per access would cost more than it protects.
@SuppressWarnings("ArrayRecordComponent")
public record Picture(byte[] bytes, String contentType, CaptureTime captured) {
    /** Content type of a JPEG. */
    public static final String JPEG = "image/jpeg";

    /** Content type of a PNG. */
    public static final String PNG = "image/png";

    /** Largest picture that is published, in bytes: {@link dev.sortline.contract.Topic#MAX_RECORD_BYTES} less room. */
    public static final int MAX_BYTES = 4 << 20;
}
