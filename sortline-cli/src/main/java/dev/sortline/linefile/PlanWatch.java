// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import dev.sortline.metrics.LineMetric;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a second at the files of running lines' plans. Looking at what is in them finds every change, however it was made: notices
 * from the file system miss symbolic links that are exchanged and most network file systems.
 */
public final class PlanWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlanWatch.class);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "plan-watch");
        thread.setDaemon(true);
        return thread;
    });

    private PlanWatch() {}

    public static PlanWatch start(List<WatchedPlan> plans, MeterRegistry registry) {
        var watch = new PlanWatch();
        for (var plan : plans) {
            LineMetric.PLAN_REFUSED.gauge(registry, () -> plan.refused() ? 1 : 0, "plan", plan.name());
            var unused = watch.timer.scheduleWithFixedDelay(() -> look(plan), 1, 1, TimeUnit.SECONDS);
        }
        return watch;
    }

    private static void look(WatchedPlan plan) {
        try {
            plan.look();
        } catch (RuntimeException e) {
            // Thrown on, it would end the watch for good.
            LOG.error("Looking at plan {} failed", plan.name(), e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
