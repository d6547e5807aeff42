// SPDX-License-Identifier: Apache-2.0
package dev.sortline.sorting;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BilingualTextTest {
    @ParameterizedTest
    @CsvSource({"' ', Kaca, en", "Glass, '', id"})
    void textThatIsBlankInOneLanguageIsRefused(String english, String indonesian, String blank) {
        // When
        var making = assertThatThrownBy(() -> new BilingualText(english, indonesian));

        // Then
        making.hasMessage("%s is blank: say it in this language, too", blank);
    }
}
