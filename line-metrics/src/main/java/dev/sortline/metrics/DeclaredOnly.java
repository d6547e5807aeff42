// SPDX-License-Identifier: Apache-2.0
package dev.sortline.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps a registry to what is declared: a metric of the line that is not, or has other tags, is a mistake of ours, which is told once and
 * measures nothing. Other metrics pass. Asked when a meter is made, not when it counts.
 */
public final class DeclaredOnly implements MeterFilter {
    private static final String OURS = "sortline.";

    private final Consumer<String> told;

    /** @param told hears of each mistake, in a line */
    public DeclaredOnly(Consumer<String> told) {
        this.told = told;
    }

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        Optional<String> mistake = id.getName().startsWith(OURS) ? mistakeIn(id) : Optional.empty();
        mistake.ifPresent(told);
        return mistake.isPresent() ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }

    private static Optional<String> mistakeIn(Meter.Id id) {
        return LineMetric.named(id.getName())
                .map(metric -> metric.mistakeIn(Tags.of(id.getTagsAsIterable())))
                .orElseGet(() -> Optional.of(id.getName() + " is not declared"));
    }
}
