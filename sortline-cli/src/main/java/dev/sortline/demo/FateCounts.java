// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo;

import dev.sortline.demo.DemoReport.Frames;
import dev.sortline.gateway.rules.EventFate;
import dev.sortline.metrics.LineMetric;
import dev.sortline.stream.item.FrameFate;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what classifier and gateway have counted since it was made, of some lines together. */
final class FateCounts {
    private final MeterRegistry meters;
    private final Set<String> lines;
    private final Map<Meter.Id, Double> before;

    /**
     * @param meters where they count
     * @param lines the lines that count
     */
    FateCounts(MeterRegistry meters, Set<String> lines) {
        this.meters = meters;
        this.lines = Set.copyOf(lines);
        before = meters.getMeters().stream()
                .filter(Counter.class::isInstance)
                .collect(Collectors.toMap(Meter::getId, counter -> ((Counter) counter).count()));
    }

    /** Frames by their fate at the classifier. */
    Frames frames(long published) {
        return new Frames(
                published,
                frames(FrameFate.ROUTED),
                frames(FrameFate.EMPTY),
                frames(FrameFate.LATE),
                frames(FrameFate.UNREADABLE));
    }

    /** Routing events that the classifier has published. */
    long events() {
        return total(LineMetric.DECISIONS);
    }

    /** Routing events by their fate at the gateway; all fates are there. */
    Map<EventFate, Long> firings() {
        Map<EventFate, Long> firings = new EnumMap<>(EventFate.class);
        for (EventFate fate : EventFate.values()) {
            firings.put(fate, total(LineMetric.ACTUATIONS, Tag.of("fate", fate.word())));
        }
        return firings;
    }

    private long frames(FrameFate fate) {
        return total(LineMetric.FRAMES, Tag.of("fate", fate.name().toLowerCase(Locale.ROOT)));
    }

    private long total(LineMetric counters, Tag... tags) {
        return meters.find(counters.meterName()).tags(List.of(tags)).counters().stream()
                .filter(counter -> lines.contains(counter.getId().getTag("line")))
                .mapToLong(counter -> (long) (counter.count() - before.getOrDefault(counter.getId(), 0.0)))
                .sum();
    }
}
