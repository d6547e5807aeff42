// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sortline.console.feed.LineFeed;
import dev.sortline.console.view.Belts;
import dev.sortline.console.web.ConsoleServer;
import dev.sortline.console.web.Gate;
import dev.sortline.console.web.Passwords;
import dev.sortline.contract.Frame;
import dev.sortline.contract.MissingTopics;
import dev.sortline.loopback.EmbeddedBroker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a broker, the feed and the page's own server. */
class LiveViewIT {
    private static final Duration WITHIN = Duration.ofSeconds(60);

    private final AtomicBoolean reachable = new AtomicBoolean();
    private final AtomicLong sequence = new AtomicLong();
    private EmbeddedBroker broker;
    private LinePublisher line;
    private LiveView view;
    private LineFeed feed;
    private ConsoleServer server;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start();
        try (Admin admin = Admin.create(broker.clientProperties())) {
            MissingTopics.create(admin);
        }
        line = new LinePublisher(broker.clientProperties());
        var clock = InstantSource.system();
        view = LiveView.start(broker.clientProperties(), Map.of("a", Belts.line("a")), false, reachable::get, clock);
        feed = LineFeed.start(broker.clientProperties(), clock, List.of(view.listener()));
        await().atMost(WITHIN).until(() -> feed.reachable() && feed.caughtUp());
        reachable.set(true);
        server = ConsoleServer.start(
                new ConsoleServer.Place("127.0.0.1", 0, Optional.empty()),
                new Gate(Passwords.of(Optional.empty(), Optional.empty()), clock, false),
                List.of(view));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        feed.close();
        view.close();
        line.close();
        broker.close();
    }

    @Test
    void itemIsSeenWithItsPictureAndItsOutcome() throws Exception {
        // Given
        try (var viewer = EventStream.open(server.port())) {

            // When: frames are read from some moment after the first viewer came on
            await().atMost(WITHIN).pollInterval(Duration.ofMillis(100)).until(() -> {
                publishItem();
                return viewer.events().stream().anyMatch(event -> pictured(event) != null);
            });

            // Then
            var item = viewer.events().stream()
                    .map(LiveViewIT::pictured)
                    .filter(found -> found != null)
                    .findFirst()
                    .orElseThrow();
            assertThat(item.get("fraction").asText()).isEqualTo("glass");
            assertThat(item.get("decision").asText()).isEqualTo("SORT");
            var picture = EventStream.get(server.port(), item.get("thumb").asText());
            assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/jpeg");
            assertThat(picture.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
            assertThat(Pictures.decoded(picture.body()).getWidth()).isEqualTo(160);
            assertThat(EventStream.get(server.port(), "/api/agreement").body())
                    .asString()
                    .isEqualTo("null");
        }
    }

    @Test
    void lineAndGatewayAreSeenAliveAndThenSilent() throws Exception {
        // Given
        try (var viewer = EventStream.open(server.port())) {
            await().atMost(WITHIN).pollInterval(Duration.ofMillis(200)).until(() -> {
                line.publish(Belts.heartbeat("a"));
                line.publish(Belts.gateway("a"));
                return "fire".equals(last(viewer).at("/lines/0/ejectors").asText());
            });

            // When: nobody speaks any more
            await().atMost(WITHIN).until(() -> "silent"
                    .equals(last(viewer).at("/lines/0/ejectors").asText()));

            // Then
            assertThat(last(viewer).at("/lines/0/classifier/state").asText()).isEqualTo("silent");
            assertThat(last(viewer).at("/gateways/0/state").asText()).isEqualTo("silent");
            assertThat(last(viewer).at("/kafka").asText()).isEqualTo("reachable");
        }
    }

    private void publishItem() throws Exception {
        long number = sequence.incrementAndGet();
        String item = "i" + number;
        line.publish(new Frame(
                Belts.frameOf(item),
                "a",
                "cam",
                number,
                item,
                Instant.now(),
                null,
                "image/jpeg",
                null,
                Pictures.jpeg()));
        line.publish(Belts.glass("a", item, Instant.now()));
        line.publish(Belts.outcome("a", item, "fired"));
    }

    private static JsonNode pictured(EventStream.Event event) {
        for (JsonNode item : event.data().at("/lines/0/items")) {
            if (item.get("thumb").isTextual() && item.get("outcome").asText().equals("fired")) {
                return item;
            }
        }
        return null;
    }

    private static JsonNode last(EventStream viewer) {
        var events = viewer.events();
        return events.isEmpty()
                ? MissingNode.getInstance()
                : events.get(events.size() - 1).data();
    }
}
