// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

import dev.sortline.camera.source.PictureSink;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What was found in a stream. */
sealed interface Found {
    /** The stream has ended. */
    Found END = new End();

    /** So much has come and no picture begins. */
    Found STRANGE = new Strange();

    /**
     * A picture.
     *
     * @param arrived when its first bytes came
     * @param sent when it was taken, in the sender's words; null when it said nothing
     */
    // The array is the payload of the hot path.
    @SuppressWarnings("ArrayRecordComponent")
    record Whole(byte[] bytes, String contentType, Instant arrived, @Nullable String sent) implements Found {}

    /** One that cannot be sent. */
    record Unusable(PictureSink.Unusable why) implements Found {}

    /** See {@link #END}. */
    record End() implements Found {}

    /** See {@link #STRANGE}. */
    record Strange() implements Found {}
}
