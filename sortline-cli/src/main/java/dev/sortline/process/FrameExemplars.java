// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import dev.sortline.metrics.MeasuredFrame;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Examples of what is measured: the id of a frame that fell into a bucket. Prometheus' library knows examples of traces alone, and takes
 * one every now and then, so measuring waits for nothing. It is told that the frame is a trace, and where metrics are shown the frame
 * gets its own label again.
 */
final class FrameExemplars implements SpanContext {
    /** The label of an example. */
    static final String FRAME_ID = "frame_id";

    /** OpenMetrics allows 128 characters for names and values of an example together. */
    private static final int MOST_CHARACTERS = 128 - FRAME_ID.length();

    private static final String NO_SPAN = "0";

    @Override
    public @Nullable String getCurrentTraceId() {
        return MeasuredFrame.current();
    }

    @Override
    public @Nullable String getCurrentSpanId() {
        return MeasuredFrame.current() == null ? null : NO_SPAN;
    }

    @Override
    public boolean isCurrentSpanSampled() {
        String frame = MeasuredFrame.current();
        return frame != null && frame.length() <= MOST_CHARACTERS;
    }

    @Override
    public void markCurrentSpanAsExemplar() {
        // Nobody keeps frames for it.
    }

    /** The same metrics, with examples that name frames. */
    static MetricSnapshots named(MetricSnapshots metrics) {
        List<MetricSnapshot> named = new ArrayList<>(metrics.size());
        metrics.forEach(metric -> named.add(metric instanceof HistogramSnapshot histogram ? named(histogram) : metric));
        return new MetricSnapshots(named);
    }

    private static HistogramSnapshot named(HistogramSnapshot histogram) {
        return new HistogramSnapshot(
                histogram.isGaugeHistogram(),
                histogram.getMetadata(),
                histogram.getDataPoints().stream().map(FrameExemplars::named).toList());
    }

    private static HistogramDataPointSnapshot named(HistogramDataPointSnapshot point) {
        if (point.getExemplars().size() == 0 || !point.hasClassicHistogramData()) {
            return point;
        }
        return new HistogramDataPointSnapshot(
                point.getClassicBuckets(),
                point.getSum(),
                point.getLabels(),
                named(point.getExemplars()),
                created(point));
    }

    private static long created(DataPointSnapshot point) {
        return point.hasCreatedTimestamp() ? point.getCreatedTimestampMillis() : 0;
    }

    private static Exemplars named(Exemplars exemplars) {
        List<Exemplar> named = new ArrayList<>();
        for (Exemplar exemplar : exemplars) {
            String frame = exemplar.getLabels().get(Exemplar.TRACE_ID);
            if (frame != null) {
                named.add(new Exemplar(exemplar.getValue(), Labels.of(FRAME_ID, frame), exemplar.getTimestampMillis()));
            }
        }
        return Exemplars.of(named);
    }
}
