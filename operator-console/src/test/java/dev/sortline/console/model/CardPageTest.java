// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardPageTest {
    @Test
    void tablesAndHeadingsAreShown() {
        // When
        String page = CardPage.of("# Card\n\n| label | f1 |\n|---|---|\n| can | 0.5 |\n");

        // Then
        assertThat(page).contains("<h1>Card</h1>", "<th>label</th>", "<td>can</td>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "text <script>alert(1)</script> text",
                "<img src=x onerror=alert(1)>",
                "<!-- --> <script>alert(1)</script>",
                "<!--> <script>alert(1)</script> -->",
                "text <b onclick='alert(1)'>b</b>",
                "| a |\n|---|\n| <script>alert(1)</script> |",
                "<svg onload=alert(1)>\n\n</svg>",
            })
    void htmlOfTheCardIsTextAtMost(String card) {
        // When
        String page = CardPage.of(card);

        // Then
        assertThat(page).doesNotContain("<script", "<img", "<b ", "<svg");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a](javascript:alert(1))",
                "[a](JaVaScRiPt:alert(1))",
                "[a](data:text/html;base64,PHNjcmlwdD4=)",
                "[a](vbscript:x)",
                "<javascript:alert(1)>",
            })
    void linksLeadNowhereButToPages(String card) {
        // When
        String page = CardPage.of(card);

        // Then
        assertThat(page.toLowerCase(Locale.ROOT)).doesNotContain("href=\"javascript", "href=\"data", "href=\"vbscript");
    }

    @Test
    void linkTellsItsPageNothingOfOurs() {
        // When
        String page = CardPage.of("[paper](https://example.org/a?b=\"c)");

        // Then
        assertThat(page).contains("rel=\"noopener noreferrer nofollow\"", "href=\"https://example.org/a?b=&quot;c\"");
    }

    @Test
    void ofAPictureItsWordsStay() {
        // When
        String page = CardPage.of("before ![a *curve*](https://example.org/x.png) after");

        // Then
        assertThat(page).isEqualTo("<p>before a <em>curve</em> after</p>\n");
    }

    @Test
    void commentsOfOurOwnCardsAreLeftOut() throws Exception {
        // Given
        String card = Files.readString(Path.of("../models/waste-cnn/MODEL_CARD.md"));

        // When
        String page = CardPage.of(card);

        // Then
        assertThat(page).contains("<h1>waste-cnn 1.0.0</h1>", "<table>").doesNotContain("&lt;!--");
    }
}
