// SPDX-License-Identifier: Apache-2.0
package dev.sortline.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.ItemLabel;
import org.junit.jupiter.api.Test;

class SaidLabelsTest {
    private final SaidLabels labels = new SaidLabels();

    @Test
    void lastWordOnAnItemCounts() {
        // Given
        labels.take(Reviews.record(Reviews.label("line-1", "a", "glass")));

        // When
        labels.take(Reviews.record(Reviews.label("line-1", "a", "metal")));

        // Then
        assertThat(labels.all()).hasSize(1);
        assertThat(labels.all().get("line-1/a").label()).isEqualTo("metal");
    }

    @Test
    void whatWasTakenBackIsSaidNoMore() {
        // Given
        labels.take(Reviews.record(Reviews.label("line-1", "a", "glass")));

        // When
        labels.take(Reviews.takenBack("line-1/a"));

        // Then
        assertThat(labels.all()).isEmpty();
        assertThat(labels.areNone()).isFalse();
    }

    @Test
    void kindsAreCounted() {
        // When
        labels.take(Reviews.record(Reviews.said("a", ItemLabel.Said.SEVERAL_ITEMS)));
        labels.take(Reviews.record(Reviews.said("b", ItemLabel.Said.NOTHING)));

        // Then
        assertThat(labels.count(ItemLabel.Said.SEVERAL_ITEMS)).isEqualTo(1);
    }
}
