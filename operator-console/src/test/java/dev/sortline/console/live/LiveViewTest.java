// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.console.view.Belts;
import dev.sortline.console.web.Json;
import dev.sortline.console.web.RefusedException;
import dev.sortline.contract.Decision;
import io.javalin.Javalin;
import io.javalin.json.JavalinJackson;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over HTTP, without a cluster: what the feed tells is told by hand. */
class LiveViewTest {
    private static final Duration WITHIN = Duration.ofSeconds(60);

    private final AtomicInteger readings = new AtomicInteger();
    private final LiveView view = new LiveView(
            Map.of("a", Belts.line("a")),
            true,
            onFrame -> {
                readings.incrementAndGet();
                return readings::decrementAndGet;
            },
            () -> true,
            InstantSource.system(),
            Duration.ofSeconds(2));
    private Javalin server;
    private int item;

    @BeforeEach
    void start() {
        server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.jsonMapper(new JavalinJackson(Json.mapper(), false));
                    config.routes.exception(
                            RefusedException.class, (refused, request) -> request.status(refused.status())
                                    .result(refused.refusal().code()));
                    view.addTo(config.routes);
                })
                .start("127.0.0.1", 0);
    }

    @AfterEach
    void stop() {
        view.close();
        server.stop();
    }

    @Test
    void viewerIsGreetedWithAllAndThenGetsFiveTicksASecond() throws Exception {
        // Given
        view.listener().routed(Belts.glass("a", "before", Instant.now()));

        // When
        try (var viewer = EventStream.open(server.port())) {
            await().atMost(WITHIN).until(() -> viewer.events().size() >= 16);

            // Then
            var events = viewer.events();
            assertThat(viewer.contentType()).startsWith("text/event-stream");
            assertThat(events.get(0).name()).isEqualTo("hello");
            assertThat(events.get(0).data().at("/lines/0/items/0/item").asText())
                    .isEqualTo("before");
            assertThat(events.get(0).data().at("/lines/0/ejectors").asText()).isEqualTo("silent");
            assertThat(events.get(0).data().at("/lines/0/classifier/state").asText())
                    .isEqualTo("unknown");
            assertThat(events.get(0).data().at("/kafka").asText()).isEqualTo("reachable");
            assertThat(events.subList(1, 16))
                    .allMatch(event -> event.name().equals("tick"))
                    .allMatch(event -> event.data().at("/lines/0/items").isEmpty());
            var first = Instant.parse(events.get(1).data().get("at").asText());
            var last = Instant.parse(events.get(15).data().get("at").asText());
            assertThat(Duration.between(first, last)).isGreaterThan(Duration.ofMillis(14 * 190));
        }
    }

    @Test
    void framesAreReadFromTheFirstViewerToTheLast() throws Exception {
        // Given
        var first = EventStream.open(server.port());
        var second = EventStream.open(server.port());
        await().atMost(WITHIN).until(() -> readings.get() == 1 && view.viewers() == 2);

        // When
        first.close();
        await().atMost(WITHIN).until(() -> view.viewers() == 1);
        boolean readForOne = readings.get() == 1;
        second.close();

        // Then
        await().atMost(WITHIN).untilAsserted(() -> assertThat(readings).hasValue(0));
        assertThat(readForOne).isTrue();
        assertThat(view.viewers()).isZero();
    }

    @Test
    void oneViewerTooManyIsRefused() throws Exception {
        // Given
        List<EventStream> viewers = EventStream.open(server.port(), LiveStream.MOST_VIEWERS);

        // When
        var refused = EventStream.get(server.port(), "/api/live");

        // Then
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(new String(refused.body(), StandardCharsets.UTF_8)).isEqualTo("too-many");
        await().atMost(WITHIN).untilAsserted(() -> assertThat(viewers)
                .allMatch(each -> each.events().size() > 3));
        for (EventStream each : viewers) {
            each.close();
        }
    }

    @Test
    void whoDoesNotReadIsCutAndHoldsNobodyUp() throws Exception {
        // Given
        try (var socket = new Socket();
                var reader = EventStream.open(server.port())) {
            socket.setReceiveBufferSize(1024);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            socket.getOutputStream()
                    .write("GET /api/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            await().atMost(WITHIN).until(() -> view.viewers() == 2);

            // When
            await().atMost(WITHIN).pollInterval(Duration.ofMillis(20)).until(() -> {
                tellOfManyItems();
                return view.viewers() == 1;
            });

            // Then
            InputStream left = socket.getInputStream();
            socket.setSoTimeout((int) WITHIN.toMillis());
            assertThat(isBroken(left)).isTrue();
            int seen = reader.events().size();
            await().atMost(WITHIN).until(() -> reader.events().size() > seen + 5);
            assertThat(gaps(reader.events())).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void viewersGoInPeaceAtTheEnd() throws Exception {
        // Given
        var viewer = EventStream.open(server.port());
        await().atMost(WITHIN).until(() -> viewer.events().size() > 2);

        // When
        view.close();

        // Then
        await().atMost(WITHIN).until(viewer::ended);
        assertThat(viewer.endedInPeace()).isTrue();
        assertThat(EventStream.get(server.port(), "/api/live").statusCode()).isEqualTo(503);
    }

    @Test
    void endsAtOnceAlsoWhenTheServerHasGoneBefore() throws Exception {
        // Given
        var viewer = EventStream.open(server.port());
        await().atMost(WITHIN).until(() -> viewer.events().size() > 2);
        server.stop();

        // When
        var closing = CompletableFuture.runAsync(view::close);

        // Then
        await().atMost(WITHIN).until(closing::isDone);
        await().atMost(WITHIN).until(() -> view.viewers() == 0);
    }

    @Test
    void modelsAreComparedForWhoeverAsks() throws Exception {
        // Given
        view.listener().routed(Belts.glass("a", "1", Instant.now()));
        view.listener().answered(Belts.shadowAnswer("a", "1", "paper"));
        view.listener().answered(Belts.shadowAnswer("unknown", "1", "paper"));

        // When
        var answer = EventStream.get(server.port(), "/api/agreement");

        // Then
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"compared\":1,\"agree\":0,\"byLabel\":"
                        + "[{\"label\":\"glass\",\"shadow\":\"paper\",\"count\":1}]}");
    }

    @Test
    void pictureThatNobodyMadeIsNotFound() throws Exception {
        // When
        var answers = List.of(
                EventStream.get(server.port(), "/api/lines/a/thumbnails/1"),
                EventStream.get(server.port(), "/api/lines/a/thumbnails/-1"),
                EventStream.get(server.port(), "/api/lines/a/thumbnails/99999999999999999999"),
                EventStream.get(server.port(), "/api/lines/unknown/thumbnails/1"));

        // Then
        assertThat(answers).allMatch(answer -> answer.statusCode() == 404);
    }

    /** As much as a tick can be. */
    private void tellOfManyItems() {
        for (int each = 0; each < 60; each++) {
            String name = "x".repeat(100);
            view.listener()
                    .routed(Belts.event(
                            "a", "i" + item++, Decision.UNCERTAIN, name, name, 0.5, Instant.now(), Duration.ZERO));
        }
    }

    private static boolean isBroken(InputStream left) {
        try {
            byte[] buffer = new byte[1 << 16];
            while (left.read(buffer) >= 0) {
                // what was under way
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static Duration gaps(List<EventStream.Event> events) {
        Duration longest = Duration.ZERO;
        for (int at = 1; at < events.size(); at++) {
            var gap = Duration.between(
                    Instant.parse(events.get(at - 1).data().get("at").asText()),
                    Instant.parse(events.get(at).data().get("at").asText()));
            longest = gap.compareTo(longest) > 0 ? gap : longest;
        }
        return longest;
    }
}
