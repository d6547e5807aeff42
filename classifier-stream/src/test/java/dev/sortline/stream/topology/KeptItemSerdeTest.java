// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptItemSerdeTest {
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
}
