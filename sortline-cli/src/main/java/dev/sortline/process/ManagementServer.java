// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.util.JavalinException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * What every long-running command serves: {@code /health/live}, {@code /health/ready} and {@code /metrics}.
 *
 * <p>A peer that sends half a request, or nothing, holds a connection for 2 s but no thread, so it silences nobody else.
 */
public final class ManagementServer implements AutoCloseable {
    /** This machine's own address, which nobody else reaches. */
    public static final String LOOPBACK = "127.0.0.1";

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final ExpositionFormats FORMATS = ExpositionFormats.init();

    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final int HEADER_BYTES = 8 << 10;
    private static final int MOST_THREADS = 12;

    /** Beyond it connections wait to be accepted, so that the process keeps its file descriptors for the line's work. */
    private static final int MOST_CONNECTIONS = 512;

    private final Javalin server;

    private ManagementServer(Javalin server) {
        this.server = server;
    }

    /**
     * Serves at once.
     *
     * @param address one of this machine's that is listened on, or 0.0.0.0 for all
     * @param port TCP port; 0 takes a free one
     * @param registry what {@code /metrics} shows
     * @param health what the health pages tell; asked at each request
     * @throws CommandFailure when the address or the port cannot be had
     */
    public static ManagementServer start(String address, int port, PrometheusMeterRegistry registry, Health health) {
        var server = Javalin.create(config -> {
            bound(config, address, port);
            config.routes.get("/health/live", request -> tell(request, "live", health.deadlocks(), List.of()));
            config.routes.get(
                    "/health/ready", request -> tell(request, "ready", health.obstacles(), health.warnings()));
            config.routes.get("/metrics", request -> scrape(request, registry));
        });
        try {
            return new ManagementServer(server.start());
        } catch (JavalinException e) {
            throw CommandFailure.whileRunning(
                    "cannot serve HTTP on " + address + ":" + port + ": " + CommandFailure.rootReason(e)
                            + "; choose another http.port, or http.address",
                    e);
        }
    }

    /** The port that is served. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static void bound(JavalinConfig config, String address, int port) {
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.prefer405over404 = true;
        var threads = new QueuedThreadPool(MOST_THREADS, 2);
        threads.setName("management");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(http -> {
            http.setRequestHeaderSize(HEADER_BYTES);
            http.setSendServerVersion(false);
        });
        config.jetty.addConnector((jetty, http) -> {
            var connector = new ServerConnector(jetty, 1, 1, new HttpConnectionFactory(http));
            connector.setHost(address);
            connector.setPort(port);
            connector.setIdleTimeout(IDLE.toMillis());
            connector.setAcceptQueueSize(MOST_CONNECTIONS);
            connector.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
            return connector;
        });
    }

    /** In the format that is asked for; examples of frames are in OpenMetrics alone. */
    private static void scrape(Context request, PrometheusMeterRegistry registry) throws IOException {
        String accepted = request.header(Header.ACCEPT);
        var writer =
                accepted != null && FORMATS.getOpenMetricsTextFormatWriter().accepts(accepted)
                        ? FORMATS.getOpenMetricsTextFormatWriter()
                        : FORMATS.getPrometheusTextFormatWriter();
        var text = new ByteArrayOutputStream();
        writer.write(
                text,
                FrameExemplars.named(registry.getPrometheusRegistry().scrape()),
                EscapingScheme.UNDERSCORE_ESCAPING);
        request.result(text.toByteArray()).contentType(writer.getContentType());
    }

    private static void tell(Context request, String well, List<String> wrong, List<String> notes) {
        var lines = wrong.isEmpty() ? Stream.concat(Stream.of(well), notes.stream()) : wrong.stream();
        var text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        request.status(wrong.isEmpty() ? 200 : 503).contentType(TEXT).result(text.toString());
    }
}
