// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.classifier.Classification;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.metrics.LineMetric;
import dev.sortline.sorting.Line;
import dev.sortline.stream.gate.EmptyGate;
import dev.sortline.stream.gate.GatedFrame;
import dev.sortline.stream.gate.GatedFrame.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gate of one camera, with what is counted and told of it. Safe for use by all threads. */
final class CameraGate {
    private static final Logger LOG = LoggerFactory.getLogger(CameraGate.class);

    private final String line;
    private final String camera;
    private final boolean answers;
    private final EmptyGate gate;
    private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
    private RoutingEvent.@Nullable Model model;

    /** @param answers whether the gate answers frames; else it only learns and counts */
    CameraGate(Line line, String camera, boolean answers, MeterRegistry registry) {
        this.line = line.id();
        this.camera = camera;
        this.answers = answers;
        this.gate = new EmptyGate(camera.hashCode(), line.votes());
        var frames = LineMetric.GATE_FRAMES.counter(registry);
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(
                    outcome,
                    frames.withTags(
                            "line",
                            line.id(),
                            "camera",
                            camera,
                            "outcome",
                            outcome.name().toLowerCase(Locale.ROOT)));
        }
    }

    /** Lets a frame through that this model would look at. */
    GatedFrame frame(RoutingEvent.Model asked) {
        synchronized (this) {
            if (model != null && !model.equals(asked)) {
                gate.learnAnew();
            }
            model = asked;
        }
        return gate.frame(answers);
    }

    /** The gate answers a frame by itself: an empty belt, by labels of which one is that. */
    Classification answer(List<String> labels) {
        count(Outcome.ANSWERED);
        float[] probabilities = new float[labels.size()];
        probabilities[labels.indexOf(ModelPackage.EMPTY_LABEL)] = 1;
        return new Classification(labels, probabilities);
    }

    /** The network has looked at a frame. */
    void networkSaid(GatedFrame frame, Classification answer) {
        boolean wasOpen = isOpen();
        boolean empty = answer.label().equals(ModelPackage.EMPTY_LABEL);
        @Nullable Outcome outcome = frame.networkSays(empty, answer.confidence()).orElse(null);
        if (outcome != null) {
            count(outcome);
        }
        if (!answers) {
            return;
        }
        if (outcome == Outcome.DISAGREED) {
            LOG.warn(
                    "{}, {}: its gate took an item for an empty belt in the sample, and is shut until it has learned anew",
                    line,
                    camera);
        } else if (wasOpen != isOpen()) {
            LOG.info(
                    wasOpen
                            ? "{}, {}: its empty belt is not known well enough any more, all frames go to the network"
                            : "{}, {}: frames of an empty belt no longer go to the network but for a sample",
                    line,
                    camera);
        }
    }

    boolean isOpen() {
        return gate.isOpen();
    }

    /** Whether it is shut since it took an item for an empty belt. */
    boolean isMistaken() {
        return answers && gate.isMistaken();
    }

    /** What is to be told of that. */
    String mistake() {
        return line + ", " + camera
                + ": its gate took an item for an empty belt, and is shut until it has learned anew; where that happens"
                + " again, set this camera to shadow under emptyGate.cameras";
    }

    private void count(Outcome outcome) {
        Counter counter = outcomes.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }
}
