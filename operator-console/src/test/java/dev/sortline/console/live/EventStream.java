// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sortline.console.web.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A browser that watches: gathers the events of {@code /api/live} until the stream ends. */
final class EventStream implements AutoCloseable {
    private static final HttpClient BROWSER = HttpClient.newHttpClient();

    private final HttpResponse<InputStream> response;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::read, "a viewer of the test");
    private volatile boolean ended;
    private volatile boolean endedInPeace;

    record Event(String name, JsonNode data) {}

    private EventStream(HttpResponse<InputStream> response) {
        this.response = response;
        thread.setDaemon(true);
        thread.start();
    }

    static EventStream open(int port) throws IOException, InterruptedException {
        return new EventStream(BROWSER.send(request(port), HttpResponse.BodyHandlers.ofInputStream()));
    }

    /** As many that come at the same time. */
    static List<EventStream> open(int port, int viewers) {
        var answers = Stream.generate(() -> BROWSER.sendAsync(request(port), HttpResponse.BodyHandlers.ofInputStream()))
                .limit(viewers)
                .toList();
        return answers.stream()
                .map(CompletableFuture::join)
                .map(EventStream::new)
                .toList();
    }

    private static HttpRequest request(int port) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/live"))
                .header("Accept", "text/event-stream")
                .build();
    }

    static HttpResponse<byte[]> get(int port, String path) throws IOException, InterruptedException {
        return BROWSER.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    int status() {
        return response.statusCode();
    }

    String contentType() {
        return response.headers().firstValue("Content-Type").orElse("");
    }

    List<Event> events() {
        return events;
    }

    boolean ended() {
        return ended;
    }

    boolean endedInPeace() {
        return endedInPeace;
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String name = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    name = line.substring("event: ".length());
                } else if (line.startsWith("data: ")) {
                    events.add(new Event(name, Json.mapper().readTree(line.substring("data: ".length()))));
                }
            }
            endedInPeace = true;
        } catch (IOException e) {
            // the connection broke, as the test sees
        } finally {
            ended = true;
        }
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
