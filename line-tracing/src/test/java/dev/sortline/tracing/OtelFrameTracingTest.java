// SPDX-License-Identifier: Apache-2.0
package dev.sortline.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.Decision;
import dev.sortline.contract.Frame;
import dev.sortline.contract.RoutingEvent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** The three processes of a line, each with a tracing of its own, that pass on what Kafka passes on: headers. */
class OtelFrameTracingTest {
    private static final Instant CAPTURED = Instant.parse("2026-11-27T10:00:00Z");

    private final InMemorySpanExporter told = InMemorySpanExporter.create();
    private Instant now = CAPTURED.plusMillis(30);
    private FrameTracing producer = tracing(Sampler.alwaysOn());
    private final FrameTracing classifier = tracing(Sampler.parentBased(Sampler.alwaysOff()));
    private final FrameTracing gateway = tracing(Sampler.parentBased(Sampler.alwaysOff()));

    @Test
    void frameIsOneTraceFromItsCaptureToItsShot() {
        // When
        travel("line-1/camera-1/7");

        // Then
        assertThat(told.getFinishedSpanItems())
                .extracting(SpanData::getName)
                .containsExactlyInAnyOrder(
                        "capture",
                        "send sortline.frames",
                        "decode",
                        "infer",
                        "decide",
                        "process sortline.frames",
                        "process sortline.actuations");
        assertThat(told.getFinishedSpanItems())
                .extracting(SpanData::getTraceId)
                .containsOnly(span("capture").getTraceId());
        assertThat(span("send sortline.frames").getParentSpanId())
                .isEqualTo(span("capture").getSpanId());
        assertThat(span("process sortline.frames").getParentSpanId())
                .isEqualTo(span("send sortline.frames").getSpanId());
        assertThat(span("infer").getParentSpanId())
                .isEqualTo(span("process sortline.frames").getSpanId());
        assertThat(span("process sortline.actuations").getParentSpanId())
                .isEqualTo(span("process sortline.frames").getSpanId());
    }

    @Test
    void spansHaveTheTimesThatWereMeasured() {
        // When
        travel("line-1/camera-1/7");

        // Then
        assertThat(start("capture")).isEqualTo(CAPTURED);
        assertThat(end("capture")).isEqualTo(CAPTURED.plusMillis(30));
        assertThat(start("process sortline.frames")).isEqualTo(CAPTURED.plusMillis(84));
        assertThat(start("infer")).isEqualTo(CAPTURED.plusMillis(90));
        assertThat(end("infer")).isEqualTo(CAPTURED.plusMillis(99));
        assertThat(end("decide")).isEqualTo(CAPTURED.plusMillis(100));
        assertThat(start("process sortline.actuations")).isEqualTo(CAPTURED.plusMillis(110));
        assertThat(end("process sortline.actuations")).isEqualTo(CAPTURED.plusSeconds(2));
    }

    @Test
    void whatBecameOfTheItemStandsInItsLastSpan() {
        // When
        travel("line-1/camera-1/7");

        // Then
        var attributes = span("process sortline.actuations").getAttributes();
        assertThat(attributes.get(AttributeKey.stringKey("sortline.item.fate"))).isEqualTo("fired");
        assertThat(attributes.get(AttributeKey.longKey("sortline.ejector"))).isEqualTo(1);
        assertThat(attributes.get(AttributeKey.stringKey("sortline.item.id"))).isEqualTo("7");
        assertThat(attributes.get(AttributeKey.stringKey("messaging.system"))).isEqualTo("kafka");
    }

    @Test
    void frameThatIsNotSampledIsTracedNowhere() {
        // Given
        producer = tracing(Sampler.alwaysOff());

        // When
        travel("line-1/camera-1/7");

        // Then
        assertThat(told.getFinishedSpanItems()).isEmpty();
    }

    @Test
    void traceThatACameraOfAnotherMakeHasBegunGoesOn() {
        // Given
        var headers = new RecordHeaders();
        headers.add(
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".getBytes(StandardCharsets.UTF_8));

        // When
        classifier.received(frame("line-1/camera-1/7"), headers);
        classifier.decided(event(List.of("line-1/camera-1/7")), new RecordHeaders());

        // Then
        assertThat(span("process sortline.frames").getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(span("process sortline.frames").getParentSpanId()).isEqualTo("b7ad6b7169203331");
    }

    @Test
    void traceparentThatIsNoneIsPassedOver() {
        // Given
        var headers = new RecordHeaders();
        headers.add("traceparent", "not a trace".getBytes(StandardCharsets.UTF_8));
        headers.add("traceparent", null);

        // When
        classifier.received(frame("line-1/camera-1/7"), headers);
        classifier.decided(event(List.of("line-1/camera-1/7")), new RecordHeaders());

        // Then
        assertThat(told.getFinishedSpanItems()).isEmpty();
    }

    @Test
    void itemOfSeveralFramesGoesOnTheTraceOfTheFirstAndNamesTheOthers() {
        // Given
        classifier.received(frame("line-1/camera-1/7"), sent("line-1/camera-1/7"));
        classifier.received(frame("line-1/camera-1/8"), sent("line-1/camera-1/8"));

        // When
        classifier.decided(event(List.of("line-1/camera-1/7", "line-1/camera-1/8")), new RecordHeaders());

        // Then
        var sends = told.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals("send sortline.frames"))
                .toList();
        var process = span("process sortline.frames");
        assertThat(process.getParentSpanId()).isEqualTo(sends.get(0).getSpanId());
        assertThat(process.getLinks())
                .extracting(link -> link.getSpanContext().getSpanId())
                .containsExactly(sends.get(1).getSpanId());
    }

    @Test
    void frameThatTheClusterDoesNotTakeIsAnError() {
        // Given
        var sending = producer.sending(frame("line-1/camera-1/7"), new RecordHeaders());

        // When
        sending.settled(new IllegalStateException("the cluster is away"));

        // Then
        assertThat(span("send sortline.frames").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span("send sortline.frames").getStatus().getDescription()).contains("the cluster is away");
    }

    @Test
    void eventThatComesTwiceIsToldOnce() {
        // Given
        var headers = new RecordHeaders();
        classifier.received(frame("line-1/camera-1/7"), sent("line-1/camera-1/7"));
        var event = event(List.of("line-1/camera-1/7"));
        classifier.decided(event, headers);
        gateway.received(event, headers);
        gateway.received(event, headers);

        // When
        gateway.settled(event, "fired");
        gateway.settled(event, "fired");

        // Then
        assertThat(told.getFinishedSpanItems())
                .filteredOn(span -> span.getName().equals("process sortline.actuations"))
                .hasSize(1);
    }

    @Test
    void whatNeverLeavesDoesNotFillTheMemory() {
        // Given
        var onTheirWay = new OnTheirWay<String>(2);

        // When
        for (String id : List.of("a", "b", "c")) {
            onTheirWay.add(id, id);
        }

        // Then
        assertThat(onTheirWay.remove("a")).isNull();
        assertThat(onTheirWay.remove("b")).isEqualTo("b");
        assertThat(onTheirWay.remove("c")).isEqualTo("c");
    }

    @Test
    void whatIsOffAddsNoHeader() {
        // Given
        var headers = new RecordHeaders();

        // When
        FrameTracing.OFF.sending(frame("line-1/camera-1/7"), headers).settled(null);
        FrameTracing.OFF.decided(event(List.of("line-1/camera-1/7")), headers);

        // Then
        assertThat(headers).isEmpty();
    }

    /** From the camera to the ejector. */
    private void travel(String frame) {
        Headers ofFrame = sent(frame);
        now = CAPTURED.plusMillis(80);
        classifier.received(frame(frame), ofFrame);
        now = CAPTURED.plusMillis(102);
        var event = event(List.of(frame));
        Headers ofEvent = new RecordHeaders();
        classifier.decided(event, ofEvent);
        now = CAPTURED.plusMillis(110);
        gateway.received(event, ofEvent);
        now = CAPTURED.plusSeconds(2);
        gateway.settled(event, "fired");
    }

    private Headers sent(String frame) {
        Headers headers = new RecordHeaders();
        producer.sending(frame(frame), headers).settled(null);
        return headers;
    }

    private Instant start(String span) {
        return Instant.EPOCH.plusNanos(span(span).getStartEpochNanos());
    }

    private Instant end(String span) {
        return Instant.EPOCH.plusNanos(span(span).getEndEpochNanos());
    }

    private SpanData span(String name) {
        return told.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private FrameTracing tracing(Sampler sampler) {
        var spans = SdkTracerProvider.builder()
                .setSampler(sampler)
                .setClock(new ClockOfTheTest())
                .addSpanProcessor(SimpleSpanProcessor.create(told))
                .build();
        return new OtelFrameTracing(
                OpenTelemetrySdk.builder().setTracerProvider(spans).build(), spans, () -> now);
    }

    private final class ClockOfTheTest implements io.opentelemetry.sdk.common.Clock {
        @Override
        public long now() {
            return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        }

        @Override
        public long nanoTime() {
            return now();
        }
    }

    private static Frame frame(String id) {
        long sequence = Long.parseLong(id.replaceFirst(".*/", ""));
        return new Frame("line-1", "camera-1", sequence, null, CAPTURED, null, "image/jpeg", null, new byte[] {1});
    }

    private static RoutingEvent event(List<String> frames) {
        return new RoutingEvent(
                "line-1",
                "7",
                frames,
                Decision.SORT,
                "glass",
                "glass",
                "glass",
                1,
                0.9,
                0.8,
                null,
                Map.of("glass", 0.9, "metal", 0.1),
                CAPTURED,
                CAPTURED.plusMillis(100),
                CAPTURED.plusSeconds(2),
                CAPTURED.plusMillis(1_980),
                null,
                new RoutingEvent.Model("waste", "1"),
                "plan",
                null,
                null,
                null,
                new RoutingEvent.StageMicros(84_000, 6_000, 9_000, 1_000));
    }
}
