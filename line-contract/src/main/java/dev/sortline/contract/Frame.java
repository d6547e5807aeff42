// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One image that a camera took of the belt: the event {@value #TYPE}.
 *
 * @param id unique, and always the same for a camera and a sequence; our own cameras make it {@code
 *     {line}/{camera}/{sequence}}
 * @param lineId the sorting line; the Kafka key
 * @param cameraId the camera on that line
 * @param sequence counts a camera's frames upwards, never used twice, also not after the camera restarts; at least 0
 * @param itemId the item that the frame shows, when a trigger or a tracker knows it: frames with the same id show the
 *     same item. Without it each frame is an item of its own
 * @param capturedAt when the shutter opened; the Kafka record's timestamp
 * @param encoder the belt's position in encoder counts at that time, where an encoder is fitted
 * @param contentType {@code image/jpeg} or {@code image/png}; only told, the image's own first bytes decide
 * @param truth the known label when a labelled set is replayed; only ever used to measure
 * @param image the image as the camera made it; shared, not copied: nobody may write to it
 */
// The array is the payload of the hot path: a copy per access would cost more than it protects.
@SuppressWarnings("ArrayRecordComponent")
public record Frame(
        String id,
        String lineId,
        String cameraId,
        long sequence,
        @Nullable String itemId,
        Instant capturedAt,
        @Nullable Long encoder,
        String contentType,
        @Nullable String truth,
        byte[] image) {

    /** CloudEvents type of a frame. */
    public static final String TYPE = "dev.sortline.frame.captured.v1";

    public Frame {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("id is empty: must tell the frame from all others");
        }
        Identifiers.check("lineId", lineId);
        Identifiers.check("cameraId", cameraId);
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence is %d: must be at least 0".formatted(sequence));
        }
        if (itemId != null) {
            Identifiers.check("itemId", itemId);
        }
    }

    /** A frame with the id that our own cameras give it. */
    public Frame(
            String lineId,
            String cameraId,
            long sequence,
            @Nullable String itemId,
            Instant capturedAt,
            @Nullable Long encoder,
            String contentType,
            @Nullable String truth,
            byte[] image) {
        this(
                lineId + "/" + cameraId + "/" + sequence,
                lineId,
                cameraId,
                sequence,
                itemId,
                capturedAt,
                encoder,
                contentType,
                truth,
                image);
    }

    /** Where the frame comes from, as a URI path: {@code /lines/{line}/cameras/{camera}}. */
    public String source() {
        return "/lines/" + lineId + "/cameras/" + cameraId;
    }

    /** The item that the frame belongs to: {@link #itemId()}, or an id derived from camera and sequence. */
    public String item() {
        return itemId != null ? itemId : cameraId + "." + sequence;
    }
}
