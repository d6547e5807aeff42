// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.model;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.network.ClassifierClosedException;
import dev.sortline.contract.RoutingEvent;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which model decides which line: one for all of them, and another, the canary, for a few where there is one. Safe for use by all threads.
 *
 * <p>Labels of a plan must be known to the models of its lines. So whoever puts a plan or a model in force checks that and does it while
 * holding this object's monitor.
 */
public final class LineModels implements AutoCloseable {
    private final ModelInForce main;
    private final Map<String, ModelInForce> canary;

    private LineModels(ModelInForce main, Map<String, ModelInForce> canary) {
        this.main = main;
        this.canary = Map.copyOf(canary);
    }

    /** One model for all lines. */
    public static LineModels of(ImageClassifier classifier) {
        return of(new ModelInForce(classifier));
    }

    /** One model for all lines. */
    public static LineModels of(ModelInForce model) {
        return new LineModels(model, Map.of());
    }

    /**
     * The same with another model for some lines.
     *
     * @param lines their ids, at least one
     */
    public LineModels withCanary(ModelInForce other, Set<String> lines) {
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("lines is empty: a canary decides at least one");
        }
        return new LineModels(main, lines.stream().collect(Collectors.toMap(line -> line, line -> other)));
    }

    /** The model that decides a line. */
    public ModelInForce of(String line) {
        return canary.getOrDefault(line, main);
    }

    /** Takes a frame of a line in hand. */
    public ModelUse take(String line) {
        return of(line).take();
    }

    /** The model in force for a line, as it is told. */
    public RoutingEvent.Model model(String line) {
        return of(line).model();
    }

    /** All models in force, the canary last. */
    public Stream<ModelInForce> all() {
        return Stream.concat(Stream.of(main), canary.values().stream()).distinct();
    }

    /** How many threads have been waiting for an answer for longer than that. */
    public long awaitedLongerThan(Duration time) {
        return all().mapToLong(model -> model.awaitedLongerThan(time)).sum();
    }

    /** Whether so many threads wait for answers that networks run as often at the same time as the main model's can. */
    public boolean isFullyUsed() {
        return all().mapToInt(ModelInForce::awaited).sum()
                >= main.classifier().tuning().runs();
    }

    /** How many frames are best in hand at the same time: as many as networks run on, and as many again that are decoded meanwhile. */
    public int framesAtOnce() {
        var tuning = main.classifier().tuning();
        return 2 * tuning.runs() * tuning.batch();
    }

    /** From now on every answer is a {@link ClassifierClosedException}, and no other model comes in force. */
    public void leave() {
        all().forEach(ModelInForce::leave);
    }

    /** Closes the models in force. No frame may be in hand. */
    @Override
    public void close() {
        all().forEach(ModelInForce::close);
    }
}
