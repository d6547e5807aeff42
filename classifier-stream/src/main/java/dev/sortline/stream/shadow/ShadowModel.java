// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.shadow;

import dev.sortline.classifier.Classification;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.engine.Engine;
import dev.sortline.classifier.engine.Precision;
import dev.sortline.classifier.image.PictureRegion;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.network.ClassifierClosedException;
import dev.sortline.classifier.network.InferenceSettings;
import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameAnswer;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.stream.item.SixDigits;
import dev.sortline.stream.shadow.ShadowMetrics.Outcome;
import dev.sortline.stream.side.SideTopic;
import dev.sortline.trouble.TroubleLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Shows frames to a second model and publishes its answers; nothing is decided by them. One thread does it all, decoding too, for the model
 * may want another size of picture. A frame for which it has no time is skipped and counted: it has none while the first model has as many
 * frames in hand as it can. Only frames of the trial line need not care, for there somebody waits.
 */
public final class ShadowModel implements AutoCloseable {
    /** How the network is run, beside one that has the processors. */
    public static final InferenceSettings INFERENCE =
            new InferenceSettings(Engine.TENSORFLOW, Precision.FLOAT32, 1, 1, null);

    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(ShadowModel.class));
    private static final Duration STOP_WITHIN = Duration.ofSeconds(1);

    /** About what an answer holds until it is written. */
    private static final int BYTES_OF_AN_ANSWER = 1_000;

    private final ImageClassifier classifier;
    private final RoutingEvent.Model model;
    private final Optional<String> trialLine;
    private final Function<Frame, PictureRegion> seenPart;
    private final BooleanSupplier busy;
    private final ShadowMetrics metrics;
    private final SideTopic<FrameAnswer> answers;
    private final InstantSource clock;
    private final WaitingFrames waiting = new WaitingFrames();
    private final Thread thread;

    /**
     * @param classifier the second model, of its own; not closed with this
     * @param model what it is called
     * @param trialLine id of the line where somebody waits for each answer
     * @param seenPart which part of a frame's picture the first model looks at
     * @param busy whether the first model needs all processors at this moment
     */
    public ShadowModel(
            ImageClassifier classifier,
            RoutingEvent.Model model,
            Optional<String> trialLine,
            Function<Frame, PictureRegion> seenPart,
            BooleanSupplier busy,
            ShadowMetrics metrics,
            SideTopic<FrameAnswer> answers,
            InstantSource clock) {
        this.classifier = classifier;
        this.model = model;
        this.trialLine = trialLine;
        this.seenPart = seenPart;
        this.busy = busy;
        this.metrics = metrics;
        this.answers = answers;
        this.clock = clock;
        this.thread = unimportant(this::work);
    }

    @SuppressWarnings(
            "ThreadPriorityCheck") // a wish on which nothing rests: where it is not granted, busy is what keeps it from
    // the line
    private static Thread unimportant(Runnable work) {
        var thread = new Thread(work, "shadow");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    }

    /** Begins to look at frames. */
    public void start() {
        thread.start();
    }

    /** Takes note of a frame that the first model has looked at; never waits. */
    public void see(Frame frame) {
        @Nullable Frame gone = waiting.add(frame, isTrial(frame));
        if (gone != null) {
            metrics.count(gone.lineId(), Outcome.SKIPPED);
        }
    }

    private void work() {
        while (true) {
            try {
                Frame frame = waiting.take();
                if (!isTrial(frame) && busy.getAsBoolean()) {
                    metrics.count(frame.lineId(), Outcome.SKIPPED);
                } else {
                    answer(frame);
                }
            } catch (InterruptedException | ClassifierClosedException e) {
                return;
            }
        }
    }

    private void answer(Frame frame) {
        String line = frame.lineId();
        try (var image = classifier.decode(frame.image(), seenPart.apply(frame))) {
            Classification seen = classifier.classify(List.of(image)).get(0);
            var answer = new FrameAnswer(
                    line,
                    frame.id(),
                    frame.item(),
                    model,
                    true,
                    SixDigits.of(seen.byLabel()),
                    SixDigits.of(seen.familiarity()),
                    clock.instant());
            answers.publish(
                    line,
                    answer,
                    BYTES_OF_AN_ANSWER,
                    written -> metrics.count(line, written ? Outcome.ANSWERED : Outcome.FAILED));
        } catch (ClassifierClosedException e) {
            throw e;
        } catch (UnreadableImageException | RuntimeException | Error e) {
            // Also what nobody foresaw: the thread would end in silence.
            TROUBLE.warn(
                    "unanswered",
                    "Model " + model.name() + " " + model.version() + " did not answer frame " + frame.id() + ": " + e);
            metrics.count(line, Outcome.FAILED);
        }
    }

    private boolean isTrial(Frame frame) {
        return trialLine.filter(frame.lineId()::equals).isPresent();
    }

    /** Finishes the frame in hand and stops; waits for a second at most. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(STOP_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
