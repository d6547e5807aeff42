// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.stream.item.FrameReading;
import dev.sortline.stream.item.FrameReading.Classified;
import dev.sortline.stream.item.FrameReading.EmptyBelt;
import dev.sortline.stream.item.FrameReading.Recognised;
import dev.sortline.stream.item.FrameReading.TakenFrame;
import dev.sortline.stream.item.FrameReading.Unreadable;
import dev.sortline.trouble.OneLine;
import java.time.InstantSource;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Takes the network's answer, or that of the gate before it; an image that cannot be decoded is refused, and its item is told as unreadable. */
final class FrameClassification extends RefusingProcessor<FrameLook> {
    // It stands in the event too.
    private static final int MOST_PROBLEM_CHARACTERS = 200;

    private final Beside beside;
    private final LineMetrics metrics;
    private final InstantSource clock;

    FrameClassification(Beside beside, LineMetrics metrics, InstantSource clock) {
        super(metrics);
        this.beside = beside;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public void process(Record<String, FrameLook> message) {
        TakenFrame taken = message.value().taken();
        try {
            FrameLook.Answer seen = message.value().answer();
            metrics.record(taken, seen);
            Classified reading = read(taken, seen);
            pass(message, reading);
            if (!seen.isGated()) {
                beside.classified(reading, clock);
            }
        } catch (UnreadableImageException e) {
            String problem = OneLine.of(e.getMessage(), MOST_PROBLEM_CHARACTERS);
            refuse(message, taken.frame().image(), DeadLetters.reason(e.reason()), problem);
            pass(message, new Unreadable(taken, problem));
        }
    }

    private void pass(Record<String, FrameLook> message, FrameReading reading) {
        context()
                .forward(
                        message.withValue(reading),
                        LineTopology.deciderOf(reading.taken().line()));
    }

    private static Classified read(TakenFrame taken, FrameLook.Answer seen) {
        var probabilities = seen.classification().byLabel();
        @Nullable Double familiarity = seen.classification().familiarity();
        return seen.classification().label().equals(ModelPackage.EMPTY_LABEL)
                ? new EmptyBelt(taken, seen.model(), probabilities, familiarity, seen.decode(), seen.infer())
                : new Recognised(taken, seen.model(), probabilities, familiarity, seen.decode(), seen.infer());
    }
}
