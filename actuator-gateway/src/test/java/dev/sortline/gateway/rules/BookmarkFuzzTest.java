// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class BookmarkFuzzTest {
    private static final long FIRST_OPEN = 4_711;
    private static final int MOST_THAT_A_BROKER_TAKES = 4_096;

    @FuzzTest
    void metadataOfAnybodyTellsOfLaterOffsetsOnlyAndIsKeptAsItWasRead(byte[] metadata) {
        // When
        var read = Bookmark.of(FIRST_OPEN, new String(metadata, StandardCharsets.ISO_8859_1));

        // Then
        assertThat(read.firstOpen()).isEqualTo(FIRST_OPEN);
        assertThat(read.settledBeyond().stream().allMatch(offset -> offset >= FIRST_OPEN))
                .as("only later ones are settled")
                .isTrue();
        assertThat(read.metadata()).hasSizeLessThan(MOST_THAT_A_BROKER_TAKES);
        var kept = Bookmark.of(FIRST_OPEN, read.metadata());
        assertThat(read.settledBeyond().containsAll(kept.settledBeyond()))
                .as("nothing is settled that was not")
                .isTrue();
        assertThat(read.and(read).firstOpen()).isGreaterThanOrEqualTo(FIRST_OPEN);
    }
}
