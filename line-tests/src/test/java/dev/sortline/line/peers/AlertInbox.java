// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Who Alertmanager tells: keeps what comes. Safe for use by any thread. */
public final class AlertInbox implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /**
     * An alert in a message.
     *
     * @param name which
     * @param fingerprint tells it from those of the same name that are of another place
     * @param firing whether it is on; else it is over
     * @param line of which line; empty for none
     * @param summary what it says
     */
    public record Told(String name, String fingerprint, boolean firing, String line, String summary) {}

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

    /** Whether an alert was told of and is on, at least in one place. */
    public boolean firing(String name) {
        return lastOfEach(name).contains(true);
    }

    /** Whether an alert was told of and is over, in all places. */
    public boolean over(String name) {
        Collection<Boolean> last = lastOfEach(name);
        return !last.isEmpty() && !last.contains(true);
    }

    private Collection<Boolean> lastOfEach(String name) {
        return told.stream()
                .filter(each -> each.name().equals(name))
                .collect(Collectors.toMap(Told::fingerprint, Told::firing, (before, after) -> after))
                .values();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            for (JsonNode alert : JSON.readTree(exchange.getRequestBody()).get("alerts")) {
                told.add(new Told(
                        alert.at("/labels/alertname").asText(),
                        alert.get("fingerprint").asText(),
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
