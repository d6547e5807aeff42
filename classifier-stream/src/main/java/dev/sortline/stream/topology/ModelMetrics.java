// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.classifier.model.CardFigures;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.metrics.LineMetric;
import dev.sortline.stream.drift.LabelWindow;
import dev.sortline.stream.drift.StabilityIndex;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which model decides each line, and whether it still answers as its card says that it does. What has no card is compared with nothing: no
 * other reference is made up. Safe for use by all threads.
 */
public final class ModelMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(ModelMetrics.class);
    private static final String LINE = "line";
    private static final String LABEL = "label";

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Map<String, OfLine> lines = new ConcurrentHashMap<>();

    /** The answers on a line, and the meters that tell of them. */
    private record OfLine(LabelWindow answers, List<Meter> meters) {}

    ModelMetrics(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /**
     * A model decides lines from now on, in the place of the one before, whose answers are forgotten.
     *
     * @param ids of the lines
     */
    public void inForce(ModelPackage model, Collection<String> ids) {
        Optional<CardFigures> card = CardFigures.of(model);
        if (card.isEmpty()) {
            LOG.info(
                    "The package of model {} has no evaluation with shares and confidences: whether it drifts is not measured",
                    model);
        }
        ids.forEach(line -> inForce(
                line,
                model.name(),
                model.version(),
                model.labels().stream()
                        .filter(label -> !label.equals(ModelPackage.EMPTY_LABEL))
                        .toList(),
                card));
    }

    synchronized void inForce(
            String line, String model, String version, List<String> labels, Optional<CardFigures> card) {
        @Nullable OfLine before = lines.remove(line);
        if (before != null) {
            before.meters().forEach(registry::remove);
        }
        var answers = new LabelWindow(labels, clock);
        List<Meter> meters = new ArrayList<>();
        meters.add(LineMetric.MODEL_INFO.info(registry, LINE, line, "model", model, "version", version));
        for (String label : labels) {
            meters.add(LineMetric.LABEL_SHARE.gauge(registry, () -> answers.share(label), LINE, line, LABEL, label));
        }
        card.ifPresent(expected -> meters.addAll(compare(line, answers, expected)));
        lines.put(line, new OfLine(answers, meters));
    }

    private List<Meter> compare(String line, LabelWindow answers, CardFigures expected) {
        List<Meter> meters = new ArrayList<>();
        for (String label : answers.labels()) {
            double share = expected.shares().getOrDefault(label, 0.0);
            meters.add(LineMetric.LABEL_SHARE_EXPECTED.gauge(registry, () -> share, LINE, line, LABEL, label));
        }
        meters.add(LineMetric.CONFIDENCE_EXPECTED.gauge(registry, () -> 100 * expected.confidence(), LINE, line));
        meters.add(LineMetric.LABEL_STABILITY_INDEX.gauge(
                registry, () -> StabilityIndex.of(answers.labels(), answers::share, expected.shares()), LINE, line));
        return meters;
    }

    /** An item of a line was taken for that. */
    void answered(String line, String label) {
        @Nullable OfLine now = lines.get(line);
        if (now != null) {
            now.answers().add(label);
        }
    }
}
