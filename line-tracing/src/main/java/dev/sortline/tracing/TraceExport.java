// SPDX-License-Identifier: Apache-2.0
package dev.sortline.tracing;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Where traces go: as OpenTelemetry's <a href="https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/">own
 * variables</a> say, and nowhere unless {@value #EXPORTER} is set.
 */
public final class TraceExport {
    /** The variable that puts tracing on: {@code otlp}. */
    public static final String EXPORTER = "OTEL_TRACES_EXPORTER";

    private TraceExport() {}

    /**
     * Begins to export, if the environment asks for it.
     *
     * @param service name of the process unless {@code OTEL_SERVICE_NAME} is set: {@code sortline-classify}
     * @throws IllegalArgumentException when a variable cannot be used; the message names it
     */
    public static FrameTracing ofEnvironment(String service) {
        String exporter = System.getenv(EXPORTER);
        return exporter == null || exporter.isBlank() || exporter.equals("none") ? FrameTracing.OFF : export(service);
    }

    private static FrameTracing export(String service) {
        Map<String, String> defaults = new HashMap<>();
        defaults.put("otel.service.name", service);
        // What they would tell is in Prometheus and in the log.
        defaults.put("otel.metrics.exporter", "none");
        defaults.put("otel.logs.exporter", "none");
        defaults.put("otel.exporter.otlp.protocol", "http/protobuf");
        // One in a hundred: a trace costs more than its frame's decision.
        defaults.put("otel.traces.sampler", "parentbased_traceidratio");
        defaults.put("otel.traces.sampler.arg", "0.01");
        try {
            OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesSupplier(() -> defaults)
                    .build()
                    .getOpenTelemetrySdk();
            return new OtelFrameTracing(sdk, sdk, InstantSource.system());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
    }
}
