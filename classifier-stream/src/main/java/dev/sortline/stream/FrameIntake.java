// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream;

import dev.sortline.contract.BadEnvelopeException;
import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameDeserializer;
import dev.sortline.contract.Topic;
import dev.sortline.stream.FrameReading.TakenFrame;
import dev.sortline.stream.FrameReading.TooLate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Record;

/** Opens the envelope, finds the line, and turns away what is {@linkplain AgeLimit too old} before anything is decoded. */
final class FrameIntake extends RefusingProcessor<byte[]> {
    private final FrameDeserializer deserializer = new FrameDeserializer();
    private final Map<String, Line> lines;
    private final LineMetrics metrics;
    private final ServiceTime serviceTime;
    private final InstantSource clock;
    private final Map<String, AgeLimit> limits = new HashMap<>();

    FrameIntake(Map<String, Line> lines, LineMetrics metrics, ServiceTime serviceTime, InstantSource clock) {
        super(metrics);
        this.lines = lines;
        this.metrics = metrics;
        this.serviceTime = serviceTime;
        this.clock = clock;
    }

    @Override
    public void process(Record<String, byte[]> message) {
        Frame frame;
        try {
            frame = deserializer.deserialize(Topic.FRAMES.topicName(), message.headers(), message.value());
        } catch (BadEnvelopeException e) {
            refuseWithoutItem(message, DeadLetters.BAD_ENVELOPE, e.getMessage());
            return;
        }
        if (!frame.lineId().equals(message.key())) {
            refuseWithoutItem(
                    message,
                    DeadLetters.BAD_ENVELOPE,
                    "attribute 'lineid' is '%s': must be the record's key, '%s'"
                            .formatted(frame.lineId(), message.key()));
            return;
        }
        Line line = lines.get(frame.lineId());
        if (line == null) {
            refuseWithoutItem(
                    message,
                    DeadLetters.UNKNOWN_LINE,
                    "line '%s' is not configured: add it under lines".formatted(frame.lineId()));
            return;
        }
        if (!line.belt().knows(frame.cameraId())) {
            refuseWithoutItem(
                    message,
                    DeadLetters.UNKNOWN_CAMERA,
                    "the belt of line '%s' has no camera '%s': add it under cameras"
                            .formatted(line.id(), frame.cameraId()));
            return;
        }
        Instant now = clock.instant();
        var taken = new TakenFrame(frame, line, now);
        AgeLimit limit = limits.computeIfAbsent(line.id(), id -> new AgeLimit(line.belt(), serviceTime));
        if (limit.isExceededBy(taken.queued(), now)) {
            context().forward(message.withValue(new TooLate(taken)), LineTopology.deciderOf(line));
        } else {
            context().forward(message.withValue(taken), LineTopology.CLASSIFY);
        }
    }

    /** Refuses a record whose item is not known: no later step counts its fate. */
    private void refuseWithoutItem(Record<String, byte[]> message, String reason, String detail) {
        metrics.count(LineMetrics.UNKNOWN_LINE, Fate.UNREADABLE);
        refuse(message, message.value(), reason, detail);
    }
}
