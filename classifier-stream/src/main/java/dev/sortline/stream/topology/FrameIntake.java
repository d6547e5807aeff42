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
import dev.sortline.stream.item.FrameFate;
import dev.sortline.stream.item.FrameReading.TakenFrame;
import dev.sortline.stream.item.FrameReading.TooLate;
import dev.sortline.stream.item.FrameReading.Unreadable;
import dev.sortline.stream.item.RefusalReason;
import dev.sortline.stream.item.ServiceTime;
import dev.sortline.trouble.OneLine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Opens the envelope, finds the line, and turns away what is {@linkplain AgeLimit too old} before anything is decoded. */
final class FrameIntake extends RefusingProcessor<byte[]> {
    /** So many cameras of a partition are kept in mind: ids that anybody may send must not fill the memory. */
    private static final int MOST_CAMERAS = 1_024;

    private static final int MOST_KEY_CHARACTERS = 80;

    /** How often a thread says that it comes round. */
    private static final Duration TURN = Duration.ofMillis(200);

    private final FrameDeserializer deserializer = new FrameDeserializer();
    private final Map<String, Line> lines;
    private final LineMetrics metrics;
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

    FrameIntake(
            Map<String, Line> lines,
            CameraWatch watch,
            Beside beside,
            LineMetrics metrics,
            ServiceTime serviceTime,
            InstantSource clock) {
        super(metrics);
        this.lines = lines;
        this.watch = watch;
        this.beside = beside;
        this.metrics = metrics;
        this.serviceTime = serviceTime;
        this.clock = clock;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        // Frames that were read before a line changed hands are read again, and must not be taken for repeats.
        cameras.clear();
        context.schedule(TURN, PunctuationType.WALL_CLOCK_TIME, now -> metrics.streamTurns());
    }

    @Override
    public void close() {
        metrics.streamRests();
    }

    @Override
    public void process(Record<String, byte[]> message) {
        Frame frame;
        try {
            frame = deserializer.deserialize(Topic.FRAMES.topicName(), message.headers(), message.value());
        } catch (BadEnvelopeException e) {
            refuseWithoutItem(message, RefusalReason.BAD_ENVELOPE, e.getMessage());
            return;
        }
        if (!frame.lineId().equals(message.key())) {
            refuseWithoutItem(
                    message,
                    RefusalReason.BAD_ENVELOPE,
                    "attribute 'lineid' is '" + frame.lineId() + "': must be the record's key, '"
                            + OneLine.of(message.key(), MOST_KEY_CHARACTERS) + "'");
            return;
        }
        Line line = lines.get(frame.lineId());
        if (line == null) {
            refuseWithoutItem(
                    message,
                    RefusalReason.UNKNOWN_LINE,
                    "line '%s' is not configured: add it under lines".formatted(frame.lineId()));
            return;
        }
        if (!line.belt().knows(frame.cameraId())) {
            refuseWithoutItem(
                    message,
                    RefusalReason.UNKNOWN_CAMERA,
                    "the belt of line '%s' has no camera '%s': add it under cameras"
                            .formatted(line.id(), frame.cameraId()));
            return;
        }
        beside.tracing().received(frame, message.headers());
        Instant now = clock.instant();
        if (beside.isTrial(line)) {
            // Anybody shows it anything under any camera's name, and no item of it moves: there is nothing to watch and
            // no haste.
            Instant capturedAt = frame.capturedAt().isAfter(now) ? now : frame.capturedAt();
            context().forward(message.withValue(new TakenFrame(frame, line, capturedAt, now)), LineTopology.CLASSIFY);
            return;
        }
        Sighting sighting = cameraOf(line, frame).see(frame, offset(), now);
        if (sighting instanceof Sighting.Repeated) {
            metrics.count(line.id(), FrameFate.REPEATED);
        } else if (sighting instanceof Sighting.Unbelievable unbelievable) {
            refuse(message, message.value(), RefusalReason.CAPTURE_TIME.code(), unbelievable.problem());
            metrics.count(line.id(), FrameFate.UNREADABLE);
        } else if (sighting instanceof Sighting.Frozen frozen) {
            refuse(message, message.value(), RefusalReason.FROZEN.code(), frozen.problem());
            var taken = new TakenFrame(frame, line, frozen.capturedAt(), now);
            context().forward(message.withValue(new Unreadable(taken, frozen.problem())), LineTopology.deciderOf(line));
        } else if (sighting instanceof Sighting.Sound sound) {
            take(message, new TakenFrame(frame, line, sound.capturedAt(), now));
        }
    }

    private void take(Record<String, byte[]> message, TakenFrame taken) {
        Line line = taken.line();
        AgeLimit limit = limits.computeIfAbsent(line.id(), id -> new AgeLimit(line.belt(), serviceTime));
        if (limit.isExceededBy(taken.queued(), taken.takenAt())) {
            context().forward(message.withValue(new TooLate(taken)), LineTopology.deciderOf(line));
        } else {
            context().forward(message.withValue(taken), LineTopology.CLASSIFY);
        }
    }

    private WatchedCamera cameraOf(Line line, Frame frame) {
        return cameras.computeIfAbsent(
                line.id() + "/" + frame.cameraId(), unused -> watch.begin(line, frame.cameraId()));
    }

    private long offset() {
        return context().recordMetadata().orElseThrow().offset();
    }

    /** Refuses a record whose item is not known: no later step counts its fate. */
    private void refuseWithoutItem(Record<String, byte[]> message, RefusalReason reason, String detail) {
        metrics.count(LineMetrics.UNKNOWN_LINE, FrameFate.UNREADABLE);
        refuse(message, message.value(), reason.code(), detail);
    }
}
