// SPDX-License-Identifier: Apache-2.0
package dev.sortline.models;

import dev.sortline.metrics.LineMetric;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks once a second at the packages of running lines' models. A new one is opened on this thread: no frame waits for it. */
public final class ModelWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelWatch.class);

    /** What opening a model takes, and a little: one that is being opened when the process stops closes itself. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final List<WatchedModel> models;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "model-watch");
        thread.setDaemon(true);
        return thread;
    });

    private volatile @Nullable WatchedModel looked;

    private ModelWatch(List<WatchedModel> models) {
        this.models = List.copyOf(models);
    }

    public static ModelWatch start(List<WatchedModel> models, MeterRegistry registry) {
        var watch = new ModelWatch(models);
        for (var model : watch.models) {
            LineMetric.MODEL_REFUSED.gauge(registry, () -> model.problem().isPresent() ? 1 : 0, "role", model.role());
            var unused = watch.timer.scheduleWithFixedDelay(() -> watch.look(model), 1, 1, TimeUnit.SECONDS);
        }
        return watch;
    }

    /** What deserves a look, a line each: packages that are refused. */
    public List<String> warnings() {
        return models.stream()
                .map(WatchedModel::problem)
                .flatMap(Optional::stream)
                .toList();
    }

    private void look(WatchedModel model) {
        looked = model;
        try {
            model.look();
        } catch (RuntimeException e) {
            // Thrown on, it would end the watch for good.
            LOG.error("Looking at the {} model in {} failed", model.role(), model.folder(), e);
        }
    }

    /** Looks no more. Waits for a model that is being opened, for 10 s at most. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                WatchedModel opening = looked;
                LOG.warn(
                        "The {} model in {} is still being opened after {} s: leaving it",
                        opening == null ? "first" : opening.role(),
                        opening == null ? "no folder" : opening.folder(),
                        STOP_WITHIN.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
