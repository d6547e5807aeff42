// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.classifier.Classification;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.stream.item.FrameReading;
import dev.sortline.stream.item.FrameReading.EmptyBelt;
import dev.sortline.stream.item.FrameReading.Recognised;
import dev.sortline.stream.item.FrameReading.TakenFrame;
import dev.sortline.stream.item.FrameReading.Unreadable;
import dev.sortline.stream.item.ServiceTime;
import dev.sortline.trouble.OneLine;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.Record;

/** Decodes and classifies; an image that cannot be decoded is refused, and its item is told as unreadable. */
final class FrameClassification extends RefusingProcessor<TakenFrame> {
    // It stands in the event too.
    private static final int MOST_PROBLEM_CHARACTERS = 200;

    private final ImageClassifier classifier;
    private final LineMetrics metrics;
    private final ServiceTime serviceTime;

    FrameClassification(ImageClassifier classifier, LineMetrics metrics, ServiceTime serviceTime) {
        super(metrics);
        this.classifier = classifier;
        this.metrics = metrics;
        this.serviceTime = serviceTime;
    }

    @Override
    public void process(Record<String, TakenFrame> message) {
        TakenFrame taken = message.value();
        context().forward(message.withValue(read(message, taken)), LineTopology.deciderOf(taken.line()));
    }

    private FrameReading read(Record<String, TakenFrame> message, TakenFrame taken) {
        byte[] bytes = taken.frame().image();
        long started = System.nanoTime();
        try (var image = classifier.decode(bytes)) {
            long decoded = System.nanoTime();
            Classification classification = classifier.classify(image);
            long inferred = System.nanoTime();
            var decode = Duration.ofNanos(decoded - started);
            var infer = Duration.ofNanos(inferred - decoded);
            serviceTime.took(decode.plus(infer));
            metrics.record(taken, classification.confidence(), decode, infer);
            return classification.label().equals(ModelPackage.EMPTY_LABEL)
                    ? new EmptyBelt(taken, classification.byLabel(), decode, infer)
                    : new Recognised(taken, classification.byLabel(), decode, infer);
        } catch (UnreadableImageException e) {
            String problem = OneLine.of(e.getMessage(), MOST_PROBLEM_CHARACTERS);
            refuse(message, bytes, DeadLetters.reason(e.reason()), problem);
            return new Unreadable(taken, problem);
        }
    }
}
