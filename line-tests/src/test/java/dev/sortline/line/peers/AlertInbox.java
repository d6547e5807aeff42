// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who Alertmanager tells: keeps what comes. Safe for use by any thread. */
public final class AlertInbox implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /**
     * An alert in a message.
     *
     * @param name which
     * @param firing whether it is on; else it is over
     * @param line of which line; empty for none
     * @param summary what it says
     */
    public record Told(String name, boolean firing, String line, String summary) {}

    public AlertInbox() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/alerts", this::take);
        server.start();
    }

    /** Where it listens. */
    String url() {
        return "http://127.0.0.1:%d/alerts".formatted(server.getAddress().getPort());
    }

    /** All that came, the oldest first. */
    public List<Told> told() {
        return List.copyOf(told);
    }

    /** Whether the last that was told of an alert is that it is on. */
    public boolean firing(String name) {
        return last(name, true);
    }

    /** Whether the last that was told of an alert is that it is over. */
    public boolean over(String name) {
        return last(name, false);
    }

    private boolean last(String name, boolean firing) {
        var ofIt = told.stream().filter(each -> each.name().equals(name)).toList();
        return !ofIt.isEmpty() && ofIt.get(ofIt.size() - 1).firing() == firing;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            for (JsonNode alert : JSON.readTree(exchange.getRequestBody()).get("alerts")) {
                told.add(new Told(
                        alert.at("/labels/alertname").asText(),
                        alert.get("status").asText().equals("firing"),
                        alert.at("/labels/line").asText(),
                        alert.at("/annotations/summary").asText()));
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
