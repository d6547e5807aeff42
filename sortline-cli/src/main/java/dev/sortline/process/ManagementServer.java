// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What every long-running command serves: {@code /health/live}, {@code /health/ready} and {@code /metrics}. */
public final class ManagementServer implements AutoCloseable {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
        var thread = new Thread(task, "management");
        thread.setDaemon(true);
        return thread;
    });

    private ManagementServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Serves at once.
     *
     * @param port TCP port on all interfaces; 0 takes a free one
     * @param registry what {@code /metrics} shows
     * @param ready whether {@code /health/ready} answers 200 rather than 503; asked at each request
     * @throws CommandFailure when the port cannot be had
     */
    public static ManagementServer start(int port, PrometheusMeterRegistry registry, BooleanSupplier ready) {
        return startTelling(port, registry, () -> ready.getAsBoolean() ? List.of() : List.of("not ready"));
    }

    /**
     * As {@link #start}; {@code /health/ready} answers 503 with what is in the way.
     *
     * @param obstacles what keeps the command from its work, a line each; ready when empty; asked at each request
     * @throws CommandFailure when the port cannot be had
     */
    public static ManagementServer startTelling(
            int port, PrometheusMeterRegistry registry, Supplier<List<String>> obstacles) {
        HttpServer http;
        try {
            http = HttpServer.create(new InetSocketAddress(port), 0);
        } catch (IOException e) {
            throw CommandFailure.whileRunning(
                    "cannot serve HTTP on port %d: %s; choose another http.port".formatted(port, e.getMessage()), e);
        }
        var management = new ManagementServer(http);
        http.setExecutor(management.threads);
        management.serve("/health/live", exchange -> answer(exchange, 200, TEXT, "live\n"));
        management.serve("/health/ready", exchange -> {
            List<String> inTheWay = obstacles.get();
            boolean ready = inTheWay.isEmpty();
            answer(exchange, ready ? 200 : 503, TEXT, ready ? "ready\n" : String.join("\n", inTheWay) + "\n");
        });
        management.serve("/metrics", exchange -> answer(exchange, 200, PROMETHEUS, registry.scrape()));
        http.start();
        return management;
    }

    /** The port that is served. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }

    private void serve(String path, Page page) {
        server.createContext(path, exchange -> {
            try (exchange) {
                if (!exchange.getRequestURI().getPath().equals(path)) {
                    answer(exchange, 404, TEXT, "not found\n");
                } else if (!exchange.getRequestMethod().equals("GET")) {
                    answer(exchange, 405, TEXT, "only GET\n");
                } else {
                    page.answer(exchange);
                }
            }
        });
    }

    private static void answer(HttpExchange exchange, int status, String contentType, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @FunctionalInterface
    private interface Page {
        void answer(HttpExchange exchange) throws IOException;
    }
}
