// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.RoutingEvent;
import dev.sortline.stream.item.FrameFate;
import dev.sortline.stream.topology.KeptItem.Decided;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptItemSerdeTest {
    /** As it stands in changelogs of running lines. */
    private static final String KEPT_BEFORE =
            """
            {"kept":"decided","at":1767225600.135000000,"fate":"ROUTED","untold":{"lineId":"line-1","itemId":"camera-1.7",\
            "frameIds":["line-1/camera-1/7"],"decision":"SORT","label":"green-glass","fraction":"glass","lane":"glass","ejector":1,\
            "confidence":0.93,"gap":0.9,"probabilities":{"green-glass":0.83,"metal":0.17},"capturedAt":1767225600.123000000,\
            "decidedAt":1767225600.135000000,"fireAt":1767225602.523000000,"deadline":1767225602.503000000,"fireAtEncoder":5120,\
            "model":{"name":"m","version":"1"},"plan":"p","planEdition":"0123456789ab",\
            "stageMicros":{"queue":900,"decode":1200,"infer":6000,"decide":40}}}""";

    private final KeptItemSerde serde = new KeptItemSerde();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "null",
                "[]",
                "{}",
                "{\"kept\":\"of-tomorrow\"}",
                "{\"kept\":\"open\"}",
                "{\"kept\":\"open\",\"lineId\":\"line-1\",\"vote\":{\"itemId\":\"a\",\"ballots\":[]}}",
                "{\"kept\":\"decided\",\"at\":\"2026-01-01T00:00:00Z\",\"fate\":\"OF_TOMORROW\"}",
                "{\"kept\":\"decided\",\"at\":\"2026-01-01T00:00:00Z\",\"fate\":\"ROUTED\",\"untold\":{\"lineId\":\"line-1\"}}"
            })
    void whatIsNoVoteIsAsIfItHadNeverBeenKept(String kept) {
        // Given
        byte[] bytes = kept.getBytes(StandardCharsets.UTF_8);

        // When
        var read = serde.deserializer().deserialize("changelog", bytes);

        // Then
        assertThat(read).isNull();
    }

    @Test
    void readsAnEventThatWasUnconfirmedWhenAnEarlierVersionKeptIt() {
        // Given
        byte[] bytes = KEPT_BEFORE.getBytes(StandardCharsets.UTF_8);

        // When
        var read = serde.deserializer().deserialize("changelog", bytes);

        // Then
        assertThat(read).isInstanceOfSatisfying(Decided.class, item -> {
            assertThat(item.fate()).isEqualTo(FrameFate.ROUTED);
            assertThat(item.unconfirmed()).isNotNull().returns("camera-1.7", RoutingEvent::itemId);
        });
    }

    @Test
    void keepsAnUnconfirmedEventAsAnEarlierVersionReadsIt() {
        // Given
        var item = serde.deserializer().deserialize("changelog", KEPT_BEFORE.getBytes(StandardCharsets.UTF_8));

        // When
        byte[] bytes = serde.serializer().serialize("changelog", item);

        // Then
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(KEPT_BEFORE);
    }
}
