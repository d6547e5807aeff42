// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sortline.console.web.Json;
import dev.sortline.console.web.RefusedException;
import dev.sortline.console.web.Routes;
import io.javalin.Javalin;
import io.javalin.json.JavalinJackson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Routes behind a bare server on loopback that asks nobody who they are, and a client that asks them. */
public final class ServedRoutes implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Javalin server;

    private ServedRoutes(Javalin server) {
        this.server = server;
    }

    /** Serves at once, on a free port. */
    public static ServedRoutes start(Routes routes) {
        var server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.jsonMapper(new JavalinJackson(Json.mapper(), false));
            config.routes.exception(RefusedException.class, (refused, request) -> request.status(refused.status())
                    .json(Map.of("code", refused.refusal().code(), "detail", refused.detail())));
            routes.addTo(config.routes);
        });
        return new ServedRoutes(server.start("127.0.0.1", 0));
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
        server.stop();
    }
}
