// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Where OpenTelemetry's exporters send traces to, by OTLP over HTTP: keeps what comes. Safe for use by any thread. */
public final class TraceInbox implements AutoCloseable {
    // Numbers of fields, as in opentelemetry/proto/trace/v1/trace.proto.
    private static final int RESOURCE_SPANS = 1;
    private static final int RESOURCE = 1;
    private static final int SCOPE_SPANS = 2;
    private static final int SPANS = 2;
    private static final int TRACE_ID = 1;
    private static final int SPAN_ID = 2;
    private static final int PARENT_ID = 4;
    private static final int NAME = 5;
    private static final int START = 7;
    private static final int END = 8;

    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /**
     * A step of a frame's way.
     *
     * @param resource what its process says of itself, as it came
     * @param parent id of the span that it is part of; empty for none
     */
    public record Span(
            String resource, String trace, String id, String parent, String name, long startNanos, long endNanos) {}

    public TraceInbox() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    /** The variables that lead here, for a process that traces each frame. */
    public Map<String, String> environment() {
        return Map.of(
                "OTEL_TRACES_EXPORTER", "otlp",
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                        "http://127.0.0.1:%d".formatted(server.getAddress().getPort()),
                "OTEL_TRACES_SAMPLER", "parentbased_always_on",
                "OTEL_BSP_SCHEDULE_DELAY", "200");
    }

    /** All that came, the oldest first. */
    public List<Span> spans() {
        return List.copyOf(spans);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
                    ? new GZIPInputStream(exchange.getRequestBody())
                    : exchange.getRequestBody();
            for (var resourceSpans :
                    messages(UnknownFieldSet.parseFrom(body), RESOURCE_SPANS).toList()) {
                String resource = bytes(resourceSpans, RESOURCE).toStringUtf8();
                messages(resourceSpans, SCOPE_SPANS)
                        .flatMap(scope -> messages(scope, SPANS))
                        .map(span -> span(resource, span))
                        .forEach(spans::add);
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static Span span(String resource, UnknownFieldSet span) {
        return new Span(
                resource,
                hex(bytes(span, TRACE_ID)),
                hex(bytes(span, SPAN_ID)),
                hex(bytes(span, PARENT_ID)),
                bytes(span, NAME).toStringUtf8(),
                span.getField(START).getFixed64List().get(0),
                span.getField(END).getFixed64List().get(0));
    }

    private static Stream<UnknownFieldSet> messages(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().stream().map(TraceInbox::message);
    }

    private static UnknownFieldSet message(ByteString bytes) {
        try {
            return UnknownFieldSet.parseFrom(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ByteString bytes(UnknownFieldSet message, int field) {
        var values = message.getField(field).getLengthDelimitedList();
        return values.isEmpty() ? ByteString.EMPTY : values.get(0);
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
