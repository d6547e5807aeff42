// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Somebody at the operator's page who says of each item what the line took it for, but of every eighth that it is trash. */
public final class Reviewer implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final int OFTEN = 8;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    private final String page;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
    private int said;

    /** @param port where the page is, on loopback; it need not be there yet */
    public Reviewer(int port) {
        page = "http://127.0.0.1:" + port + "/api/reviews";
        var unused = looks.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            for (JsonNode item : JSON.readTree(send("GET", "", "")).path("items")) {
                String label =
                        said++ % OFTEN == 0 ? "trash" : item.path("label").asText("trash");
                send(
                        "PUT",
                        "/" + item.get("line").asText() + "/" + item.get("item").asText(),
                        "{\"said\":\"LABEL\",\"label\":\"%s\"}".formatted(label));
            }
        } catch (IOException e) {
            // Not up yet, or no longer.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String send(String method, String path, String body) throws IOException, InterruptedException {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create(page + path))
                                .timeout(ANSWER_WITHIN)
                                .header("X-Sortline", "1")
                                .header("Content-Type", "application/json")
                                .method(method, BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
