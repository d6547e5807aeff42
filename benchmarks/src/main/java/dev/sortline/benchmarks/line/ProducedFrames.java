// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.line;

import dev.sortline.camera.publishing.ProducerMetrics;
import dev.sortline.loopback.PrometheusText;
import dev.sortline.metrics.LineMetric;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What live cameras have come to so far, as {@code sortline produce} counts it in its metrics.
 *
 * @param published frames that the broker has acknowledged, by line
 * @param outcomes pictures of all cameras, by what became of them
 * @param withinSeconds frames that were acknowledged within so many seconds of their capture, by these seconds
 * @param delaySeconds the sum of these times
 */
public record ProducedFrames(
        Map<String, Long> published,
        Map<String, Long> outcomes,
        SortedMap<Double, Long> withinSeconds,
        double delaySeconds) {
    /** Reads what Prometheus would read. */
    static ProducedFrames of(String metrics) {
        Map<String, Long> published = new TreeMap<>();
        Map<String, Long> outcomes = new TreeMap<>();
        for (var series : PrometheusText.series(metrics, LineMetric.PRODUCER_FRAMES.exportedName())) {
            String outcome = String.valueOf(series.labels().get(ProducerMetrics.OUTCOME));
            outcomes.merge(outcome, (long) series.value(), Long::sum);
            if (outcome.equals(ProducerMetrics.OUTCOME_PUBLISHED)) {
                published.merge(
                        String.valueOf(series.labels().get(ProducerMetrics.LINE)), (long) series.value(), Long::sum);
            }
        }
        SortedMap<Double, Long> within = new TreeMap<>();
        for (var series : PrometheusText.series(metrics, LineMetric.CAPTURE_TO_BROKER.exportedName() + "_bucket")) {
            String most = String.valueOf(series.labels().get("le"));
            within.merge(
                    most.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(most),
                    (long) series.value(),
                    Long::sum);
        }
        double delay = PrometheusText.series(metrics, LineMetric.CAPTURE_TO_BROKER.exportedName() + "_sum").stream()
                .mapToDouble(PrometheusText.Series::value)
                .sum();
        return new ProducedFrames(published, outcomes, within, delay);
    }

    /** Frames of all cameras that the broker has acknowledged. */
    public long allPublished() {
        return outcomes.getOrDefault(ProducerMetrics.OUTCOME_PUBLISHED, 0L);
    }

    /** Pictures of all cameras whose fate is known. */
    public long settled() {
        return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** These without the others, which were counted before. */
    public ProducedFrames minus(ProducedFrames before) {
        SortedMap<Double, Long> within = new TreeMap<>();
        withinSeconds.forEach((most, count) -> within.put(most, count - before.withinSeconds.getOrDefault(most, 0L)));
        return new ProducedFrames(
                difference(published, before.published),
                difference(outcomes, before.outcomes),
                within,
                delaySeconds - before.delaySeconds);
    }

    private static Map<String, Long> difference(Map<String, Long> now, Map<String, Long> before) {
        Map<String, Long> since = new TreeMap<>();
        now.forEach((key, count) -> since.put(key, count - before.getOrDefault(key, 0L)));
        return since;
    }
}
