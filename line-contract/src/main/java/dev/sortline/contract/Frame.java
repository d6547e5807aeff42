// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One image that a camera took of the belt: the event {@value #TYPE}.
 *
 * @param id unique, of 1 to 256 characters, and always the same for a camera and a sequence; our own cameras make it
 *     {@code {line}/{camera}/{sequence}}
 * @param lineId the sorting line; the Kafka key
 * @param cameraId the camera on that line
 * @param sequence counts a camera's frames upwards, at least 0. It should never be used twice; where it begins again all the same, after a
 *     restart or at the end of a short counter, the time of capture tells the frames apart
 * @param itemId the item that the frame shows, when a trigger or a tracker knows it: frames with the same id show the same item. Without it
 *     each frame is an item of its own
 * @param capturedAt when the shutter opened, by the camera's clock, in the years 0 to 9999; the Kafka record's timestamp
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
        if (id.isEmpty() || id.length() > Envelope.MOST_CHARACTERS) {
            throw new IllegalArgumentException("id has " + id.length() + " characters: must have 1 to "
                    + Envelope.MOST_CHARACTERS + " and tell the frame from all others");
        }
        Identifiers.check("lineId", lineId);
        Identifiers.check("cameraId", cameraId);
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence is %d: must be at least 0".formatted(sequence));
        }
        if (itemId != null) {
            Identifiers.check("itemId", itemId);
        }
        Rfc3339.check("capturedAt", capturedAt);
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

    /**
     * The item that the frame belongs to: {@link #itemId()}, or an id of its own that is always the same,
     * {@code {camera}.{sequence}.{milliseconds since 1970}}. The time is in it for counters that begin again.
     */
    public String item() {
        return itemId != null ? itemId : cameraId + "." + sequence + "." + capturedAt.toEpochMilli();
    }
}
