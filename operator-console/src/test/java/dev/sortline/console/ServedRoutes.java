// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sortline.console.web.ConsoleServer;
import dev.sortline.console.web.Gate;
import dev.sortline.console.web.Json;
import dev.sortline.console.web.Passwords;
import dev.sortline.console.web.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Routes behind the page's own server on loopback, where everybody may do everything, and a client that asks them. */
public final class ServedRoutes implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final ConsoleServer server;

    private ServedRoutes(ConsoleServer server) {
        this.server = server;
    }

    /** Serves at once, on a free port. */
    public static ServedRoutes start(Routes routes) {
        var everybody = Passwords.of(Optional.empty(), Optional.empty());
        return new ServedRoutes(ConsoleServer.start(
                new ConsoleServer.Place("127.0.0.1", 0, Optional.empty()),
                new Gate(everybody, InstantSource.system(), false),
                List.of(routes)));
    }

    /** The answer to a GET. */
    public HttpResponse<byte[]> get(String path) {
        return ask("GET", path, "");
    }

    /** The JSON that answers a GET. */
    public JsonNode json(String path) {
        return json(get(path));
    }

    /** The JSON of an answer. */
    public static JsonNode json(HttpResponse<byte[]> answer) {
        try {
            return Json.mapper().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer to any request. */
    public HttpResponse<byte[]> ask(String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("X-Sortline", "1")
                .method(method, BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
