// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.writing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.trainer.writing.TextTable.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void putsWordsToTheLeftAndNumbersToTheRight() {
        // Given
        TextTable table = TextTable.of(List.of(Column.left(6), Column.right(4)));

        // When
        String row = table.row(List.of("glass", "20"));

        // Then
        assertThat(row).isEqualTo("glass    20");
    }

    @Test
    void cutsWhatIsTooLongOnlyWhereItMay() {
        // Given
        TextTable table = TextTable.of(List.of(Column.left(3), Column.left(3).cutting(), Column.right(2)));

        // When
        String row = table.row(List.of("cardboard", "cardboard", "7"));

        // Then
        assertThat(row).isEqualTo("cardboard car  7");
    }

    @Test
    void refusesARowWithoutACellAColumn() {
        // Given
        TextTable table = TextTable.of(List.of(Column.left(3), Column.right(2)));

        // When
        var attempt = assertThatThrownBy(() -> table.row(List.of("glass")));

        // Then
        attempt.hasMessage("1 cells for 2 columns: [glass]");
    }
}
