// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.classifier.Classification;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.stream.item.FrameReading;
import dev.sortline.stream.item.FrameReading.Classified;
import dev.sortline.stream.item.FrameReading.EmptyBelt;
import dev.sortline.stream.item.FrameReading.Recognised;
import dev.sortline.stream.item.FrameReading.TakenFrame;
import dev.sortline.stream.item.FrameReading.Unreadable;
import dev.sortline.stream.item.ServiceTime;
import dev.sortline.stream.model.LineModels;
import dev.sortline.trouble.OneLine;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.streams.processor.api.Record;

/** Decodes and classifies; an image that cannot be decoded is refused, and its item is told as unreadable. */
final class FrameClassification extends RefusingProcessor<TakenFrame> {
    // It stands in the event too.
    private static final int MOST_PROBLEM_CHARACTERS = 200;

    private final LineModels models;
    private final Beside beside;
    private final LineMetrics metrics;
    private final ServiceTime serviceTime;
    private final InstantSource clock;

    FrameClassification(
            LineModels models, Beside beside, LineMetrics metrics, ServiceTime serviceTime, InstantSource clock) {
        super(metrics);
        this.models = models;
        this.beside = beside;
        this.metrics = metrics;
        this.serviceTime = serviceTime;
        this.clock = clock;
    }

    @Override
    public void process(Record<String, TakenFrame> message) {
        TakenFrame taken = message.value();
        metrics.takes(taken);
        FrameReading reading;
        try {
            reading = read(message, taken);
        } finally {
            metrics.handsOver();
        }
        context().forward(message.withValue(reading), LineTopology.deciderOf(taken.line()));
        if (reading instanceof Classified classified) {
            beside.classified(classified, clock);
        }
    }

    private FrameReading read(Record<String, TakenFrame> message, TakenFrame taken) {
        byte[] bytes = taken.frame().image();
        long started = System.nanoTime();
        try (var used = models.take(taken.line().id());
                var image = used.classifier().decode(bytes)) {
            long decoded = System.nanoTime();
            Classification classification = used.classifier().classify(image);
            long inferred = System.nanoTime();
            var decode = Duration.ofNanos(decoded - started);
            var infer = Duration.ofNanos(inferred - decoded);
            if (!beside.isTrial(taken.line())) {
                // Pictures of any size come there: other lines must not give up frames for how long those take.
                serviceTime.took(decode.plus(infer));
            }
            metrics.record(taken, classification, decode, infer);
            return classification.label().equals(ModelPackage.EMPTY_LABEL)
                    ? new EmptyBelt(taken, used.model(), classification.byLabel(), decode, infer)
                    : new Recognised(taken, used.model(), classification.byLabel(), decode, infer);
        } catch (UnreadableImageException e) {
            String problem = OneLine.of(e.getMessage(), MOST_PROBLEM_CHARACTERS);
            refuse(message, bytes, DeadLetters.reason(e.reason()), problem);
            return new Unreadable(taken, problem);
        }
    }
}
