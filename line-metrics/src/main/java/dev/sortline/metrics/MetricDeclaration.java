// SPDX-License-Identifier: Apache-2.0
package dev.sortline.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What is said of a metric before anything is measured.
 *
 * @param name Micrometer's, with dots
 * @param kind what it is
 * @param unit {@code seconds} of timers, another of what has one, else empty
 * @param help a sentence for whoever looks at a dashboard, without a full stop
 * @param buckets upper bounds, in the unit; none for what has no buckets
 * @param tags in the order in which they are told
 * @param processes who exports it
 */
record MetricDeclaration(
        String name,
        MetricKind kind,
        String unit,
        String help,
        List<Double> buckets,
        List<MetricTag> tags,
        Set<LineProcess> processes) {
    static final String SECONDS = "seconds";

    private static final Pattern NAME = Pattern.compile("sortline(\\.[a-z]+)+");
    private static final double MICROS_PER_SECOND = 1e6;

    MetricDeclaration {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name is '%s': must be 'sortline' and words after dots".formatted(name));
        }
        buckets = List.copyOf(buckets);
        tags = List.copyOf(tags);
        processes = Set.copyOf(processes);
    }

    static MetricDeclaration counting(String name, String help) {
        return new MetricDeclaration(name, MetricKind.COUNTER, "", help, List.of(), List.of(), Set.of());
    }

    static MetricDeclaration gauging(String name, String help) {
        return new MetricDeclaration(name, MetricKind.GAUGE, "", help, List.of(), List.of(), Set.of());
    }

    static MetricDeclaration telling(String name, String help) {
        return new MetricDeclaration(name, MetricKind.INFO, "", help, List.of(), List.of(), Set.of());
    }

    static MetricDeclaration summing(String name, String help) {
        return new MetricDeclaration(name, MetricKind.SUMMARY, "", help, List.of(), List.of(), Set.of());
    }

    static MetricDeclaration timing(String name, String help) {
        return new MetricDeclaration(name, MetricKind.TIMER, SECONDS, help, List.of(), List.of(), Set.of());
    }

    MetricDeclaration in(String other) {
        return new MetricDeclaration(name, kind, other, help, buckets, tags, processes);
    }

    MetricDeclaration by(MetricTag... others) {
        return new MetricDeclaration(name, kind, unit, help, buckets, List.of(others), processes);
    }

    MetricDeclaration at(LineProcess... others) {
        return new MetricDeclaration(name, kind, unit, help, buckets, tags, Set.of(others));
    }

    /** Buckets up to so many microseconds each. */
    MetricDeclaration micros(long... bounds) {
        return bucketed(LongStream.of(bounds)
                .mapToDouble(micros -> micros / MICROS_PER_SECOND)
                .toArray());
    }

    /** Twenty buckets of 5 %. */
    MetricDeclaration percents() {
        // In percent, for Micrometer's buckets take whole numbers only: 0.3 would be counted as 1.
        return in("percent")
                .bucketed(IntStream.rangeClosed(1, 20)
                        .mapToDouble(step -> 5 * step)
                        .toArray());
    }

    MetricDeclaration bucketed(double... bounds) {
        return new MetricDeclaration(
                name, kind, unit, help, Arrays.stream(bounds).boxed().toList(), tags, processes);
    }
}
