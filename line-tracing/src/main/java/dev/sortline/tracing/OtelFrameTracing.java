// SPDX-License-Identifier: Apache-2.0
package dev.sortline.tracing;

import dev.sortline.contract.Frame;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEvent.StageMicros;
import dev.sortline.contract.Topic;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Tells by OpenTelemetry. Names and attributes are those of its <a
 * href="https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/">conventions for messaging</a>, and {@code sortline.…} where
 * these have none.
 */
final class OtelFrameTracing implements FrameTracing {
    /** So many frames and events may be on their way in a process at once; the trace of one more drops the oldest. */
    private static final int MOST_ON_THEIR_WAY = 4_096;

    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("messaging.operation.name");
    private static final AttributeKey<String> OPERATION_TYPE = AttributeKey.stringKey("messaging.operation.type");
    private static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("messaging.destination.name");
    private static final AttributeKey<String> LINE = AttributeKey.stringKey("sortline.line.id");
    private static final AttributeKey<String> CAMERA = AttributeKey.stringKey("sortline.camera.id");
    private static final AttributeKey<String> FRAME = AttributeKey.stringKey("sortline.frame.id");
    private static final AttributeKey<List<String>> FRAMES = AttributeKey.stringArrayKey("sortline.item.frames");
    private static final AttributeKey<String> ITEM = AttributeKey.stringKey("sortline.item.id");
    private static final AttributeKey<String> DECISION = AttributeKey.stringKey("sortline.item.decision");
    private static final AttributeKey<String> LABEL = AttributeKey.stringKey("sortline.item.label");
    private static final AttributeKey<String> LANE = AttributeKey.stringKey("sortline.item.lane");
    private static final AttributeKey<Double> CONFIDENCE = AttributeKey.doubleKey("sortline.item.confidence");
    private static final AttributeKey<String> MODEL = AttributeKey.stringKey("sortline.model");
    private static final AttributeKey<Long> EJECTOR = AttributeKey.longKey("sortline.ejector");
    private static final AttributeKey<String> FIRE_AT = AttributeKey.stringKey("sortline.fire_at");
    private static final AttributeKey<String> FATE = AttributeKey.stringKey("sortline.item.fate");

    private static final TextMapPropagator W3C = W3CTraceContextPropagator.getInstance();

    private final Tracer tracer;
    private final AutoCloseable exporter;
    private final InstantSource clock;
    private final OnTheirWay<Context> frames = new OnTheirWay<>(MOST_ON_THEIR_WAY);
    private final OnTheirWay<Arrival> events = new OnTheirWay<>(MOST_ON_THEIR_WAY);

    /** An event that came. */
    private record Arrival(Context trace, Instant at) {}

    /** @param exporter is closed with this */
    OtelFrameTracing(OpenTelemetry telemetry, AutoCloseable exporter, InstantSource clock) {
        tracer = telemetry.getTracer("dev.sortline");
        this.exporter = exporter;
        this.clock = clock;
    }

    @Override
    public Sending sending(Frame frame, Headers headers) {
        Instant handedOver = clock.instant();
        Span capture = tracer.spanBuilder("capture")
                .setNoParent()
                .setAttribute(LINE, frame.lineId())
                .setAttribute(CAMERA, frame.cameraId())
                .setAttribute(FRAME, frame.id())
                .setStartTimestamp(earlier(frame.capturedAt(), handedOver))
                .startSpan();
        Context trace = Context.root().with(capture);
        capture.end(handedOver);
        Span send = messaging(tracer.spanBuilder("send " + Topic.FRAMES.topicName()), "send", Topic.FRAMES)
                .setParent(trace)
                .setSpanKind(SpanKind.PRODUCER)
                .setAttribute(FRAME, frame.id())
                .setStartTimestamp(handedOver)
                .startSpan();
        W3C.inject(trace.with(send), headers, HeaderSetter.HERE);
        return failure -> {
            if (failure != null) {
                send.setStatus(StatusCode.ERROR, failure.toString());
            }
            send.end();
        };
    }

    @Override
    public void received(Frame frame, Headers headers) {
        frames.add(frame.id(), W3C.extract(Context.root(), headers, HeaderGetter.HERE));
    }

    @Override
    public void decided(RoutingEvent event, Headers headers) {
        List<Context> traces = event.frameIds().stream()
                .map(frames::remove)
                .filter(Objects::nonNull)
                .toList();
        Context parent = traces.isEmpty() ? Context.root() : traces.get(0);
        StageMicros stages = event.stageMicros();
        Instant decided = event.decidedAt();
        Instant inferred = decided.minus(stages.decide(), ChronoUnit.MICROS);
        Instant decoded = inferred.minus(stages.infer(), ChronoUnit.MICROS);
        Instant taken = decoded.minus(stages.decode(), ChronoUnit.MICROS);
        SpanBuilder builder = messaging(
                        tracer.spanBuilder("process " + Topic.FRAMES.topicName()), "process", Topic.FRAMES)
                .setParent(parent)
                .setSpanKind(SpanKind.CONSUMER)
                .setAllAttributes(attributes(event))
                .setStartTimestamp(taken);
        traces.stream()
                .skip(1)
                .forEach(other -> builder.addLink(Span.fromContext(other).getSpanContext()));
        Span process = builder.startSpan();
        Context trace = parent.with(process);
        if (process.isRecording() && event.label() != null) {
            stage("decode", trace, taken, decoded);
            stage("infer", trace, decoded, inferred);
            stage("decide", trace, inferred, decided);
        }
        W3C.inject(trace, headers, HeaderSetter.HERE);
        process.end(later(decided, clock.instant()));
    }

    @Override
    public void received(RoutingEvent event, Headers headers) {
        events.add(event.id(), new Arrival(W3C.extract(Context.root(), headers, HeaderGetter.HERE), clock.instant()));
    }

    @Override
    public void settled(RoutingEvent event, String fate) {
        Arrival arrival = events.remove(event.id());
        if (arrival == null) {
            return;
        }
        Span process = messaging(
                        tracer.spanBuilder("process " + Topic.ACTUATIONS.topicName()), "process", Topic.ACTUATIONS)
                .setParent(arrival.trace())
                .setSpanKind(SpanKind.CONSUMER)
                .setAllAttributes(attributes(event))
                .setAttribute(FATE, fate)
                .setStartTimestamp(arrival.at())
                .startSpan();
        process.end(later(arrival.at(), clock.instant()));
    }

    @Override
    public void close() {
        try {
            exporter.close();
        } catch (Exception e) {
            throw new IllegalStateException("the exporter of traces does not close", e);
        }
    }

    private void stage(String name, Context trace, Instant from, Instant to) {
        tracer.spanBuilder(name)
                .setParent(trace)
                .setStartTimestamp(from)
                .startSpan()
                .end(to);
    }

    private static SpanBuilder messaging(SpanBuilder span, String operation, Topic topic) {
        return span.setAttribute(SYSTEM, "kafka")
                .setAttribute(OPERATION, operation)
                .setAttribute(OPERATION_TYPE, operation)
                .setAttribute(DESTINATION, topic.topicName());
    }

    private static Attributes attributes(RoutingEvent event) {
        var attributes = Attributes.builder()
                .put(LINE, event.lineId())
                .put(ITEM, event.itemId())
                .put(FRAMES, event.frameIds())
                .put(DECISION, event.decision().name().toLowerCase(Locale.ROOT))
                .put(LANE, event.lane())
                .put(MODEL, event.model().name() + " " + event.model().version());
        if (event.label() != null) {
            attributes.put(LABEL, event.label());
        }
        if (event.confidence() != null) {
            attributes.put(CONFIDENCE, event.confidence());
        }
        if (event.ejector() != null && event.fireAt() != null) {
            attributes
                    .put(EJECTOR, (long) event.ejector())
                    .put(FIRE_AT, event.fireAt().toString());
        }
        return attributes.build();
    }

    /** The clocks of camera and machine may disagree; no span ends before it begins. */
    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private enum HeaderSetter implements TextMapSetter<Headers> {
        HERE;

        @Override
        public void set(@Nullable Headers headers, String key, String value) {
            if (headers != null) {
                headers.remove(key).add(key, value.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private enum HeaderGetter implements TextMapGetter<Headers> {
        HERE;

        @Override
        public Iterable<String> keys(Headers headers) {
            return StreamSupport.stream(headers.spliterator(), false)
                    .map(Header::key)
                    .toList();
        }

        @Override
        public @Nullable String get(@Nullable Headers headers, String key) {
            Header header = headers == null ? null : headers.lastHeader(key);
            return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
        }
    }
}
