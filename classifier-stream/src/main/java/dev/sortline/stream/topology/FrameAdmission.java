// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.contract.BadEnvelopeException;
import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameDeserializer;
import dev.sortline.contract.Topic;
import dev.sortline.sorting.Line;
import dev.sortline.stream.camera.CameraWatch;
import dev.sortline.stream.camera.Sighting;
import dev.sortline.stream.camera.WatchedCamera;
import dev.sortline.stream.item.AgeLimit;
import dev.sortline.stream.item.FrameReading.TakenFrame;
import dev.sortline.stream.item.RefusalReason;
import dev.sortline.stream.item.ServiceTime;
import dev.sortline.trouble.OneLine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Opens the envelopes of one partition's records, finds the line, looks whether the camera can be believed, and turns away what is
 * {@linkplain AgeLimit too old}, just before it would be decoded. What it knows of cameras is of one time that this instance has the
 * partition: frames that were read before a line changed hands are read again, and must not be taken for repeats. Not thread-safe.
 */
final class FrameAdmission {
    /** So many cameras of a partition are kept in mind: ids that anybody may send must not fill the memory. */
    private static final int MOST_CAMERAS = 1_024;

    private static final int MOST_KEY_CHARACTERS = 80;

    private final FrameDeserializer deserializer = new FrameDeserializer();
    private final Map<String, Line> lines;
    private final ServiceTime serviceTime;
    private final CameraWatch watch;
    private final Beside beside;
    private final InstantSource clock;
    private final Map<String, WatchedCamera> cameras = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, WatchedCamera> eldest) {
            return size() > MOST_CAMERAS;
        }
    };
    private final Map<String, AgeLimit> limits = new HashMap<>();

    FrameAdmission(
            Map<String, Line> lines, CameraWatch watch, Beside beside, ServiceTime serviceTime, InstantSource clock) {
        this.lines = lines;
        this.watch = watch;
        this.beside = beside;
        this.serviceTime = serviceTime;
        this.clock = clock;
    }

    /**
     * Looks at a record, each of a partition in its turn.
     *
     * @param offset its place in the log: the same one again is no repeat, but another try
     */
    Admission admit(@Nullable String key, byte @Nullable [] value, Headers headers, long offset) {
        Frame frame;
        try {
            frame = deserializer.deserialize(Topic.FRAMES.topicName(), headers, value);
        } catch (BadEnvelopeException e) {
            return new Admission.NoFrame(RefusalReason.BAD_ENVELOPE, e.getMessage());
        }
        if (!frame.lineId().equals(key)) {
            return new Admission.NoFrame(
                    RefusalReason.BAD_ENVELOPE,
                    "attribute 'lineid' is '" + frame.lineId() + "': must be the record's key, '"
                            + OneLine.of(key, MOST_KEY_CHARACTERS) + "'");
        }
        Line line = lines.get(frame.lineId());
        if (line == null) {
            return new Admission.NoFrame(
                    RefusalReason.UNKNOWN_LINE,
                    "line '%s' is not configured: add it under lines".formatted(frame.lineId()));
        }
        if (!line.belt().knows(frame.cameraId())) {
            return new Admission.NoFrame(
                    RefusalReason.UNKNOWN_CAMERA,
                    "the belt of line '%s' has no camera '%s': add it under cameras"
                            .formatted(line.id(), frame.cameraId()));
        }
        beside.tracing().received(frame, headers);
        Instant now = clock.instant();
        if (beside.isTrial(line)) {
            // Anybody shows it anything under any camera's name, and no item of it moves: there is nothing to watch and
            // no haste.
            Instant capturedAt = frame.capturedAt().isAfter(now) ? now : frame.capturedAt();
            return new Admission.Taken(new TakenFrame(frame, line, capturedAt, now));
        }
        Sighting sighting = cameraOf(line, frame).see(frame, offset, now);
        if (sighting instanceof Sighting.Repeated) {
            return new Admission.Repeated(line.id());
        } else if (sighting instanceof Sighting.Unbelievable unbelievable) {
            return new Admission.Unbelievable(line.id(), unbelievable.problem());
        } else if (sighting instanceof Sighting.Frozen frozen) {
            return new Admission.Frozen(new TakenFrame(frame, line, frozen.capturedAt(), now), frozen.problem());
        }
        var sound = (Sighting.Sound) sighting;
        var taken = new TakenFrame(frame, line, sound.capturedAt(), now);
        return limitOf(line).isExceededBy(taken.queued(), now)
                ? new Admission.TooOld(taken)
                : new Admission.Taken(taken);
    }

    private AgeLimit limitOf(Line line) {
        return limits.computeIfAbsent(line.id(), id -> new AgeLimit(line.belt(), serviceTime));
    }

    private WatchedCamera cameraOf(Line line, Frame frame) {
        return cameras.computeIfAbsent(
                line.id() + "/" + frame.cameraId(), unused -> watch.begin(line, frame.cameraId()));
    }
}
