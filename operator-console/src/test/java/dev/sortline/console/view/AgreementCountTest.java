// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.view;

import static dev.sortline.console.view.Belts.START;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AgreementCountTest {
    private final AgreementCount count = new AgreementCount();

    @Test
    void itemIsComparedWhoeverSpeaksFirst() {
        // When
        count.routed(Belts.glass("a", "1", START));
        count.answered(Belts.shadowAnswer("a", "1", "glass"));
        count.answered(Belts.shadowAnswer("a", "2", "paper"));
        count.routed(Belts.glass("a", "2", START));
        count.answered(Belts.shadowAnswer("a", "3", "glass"));
        count.routed(Belts.glass("a", "3", START));

        // Then
        var agreement = count.agreement();
        assertThat(agreement.compared()).isEqualTo(3);
        assertThat(agreement.agree()).isEqualTo(2);
        assertThat(agreement.byLabel())
                .containsExactly(new Agreement.Pair("glass", "glass", 2), new Agreement.Pair("glass", "paper", 1));
    }

    @Test
    void repeatsAndFurtherFramesOfAnItemCountNothing() {
        // Given
        count.routed(Belts.glass("a", "1", START));
        count.answered(Belts.shadowAnswer("a", "1", "glass"));

        // When
        count.answered(Belts.shadowAnswer("a", "1", "paper"));
        count.routed(Belts.glass("a", "1", START));

        // Then
        assertThat(count.agreement().compared()).isEqualTo(1);
    }

    @Test
    void sameItemOfAnotherLineIsAnotherItem() {
        // When
        count.routed(Belts.glass("a", "1", START));
        count.answered(Belts.shadowAnswer("b", "1", "glass"));

        // Then
        assertThat(count.agreement().compared()).isZero();
    }

    @Test
    void itemsOfWhichOnlyOneModelSpeaksAreForgotten() {
        // Given
        count.routed(Belts.glass("a", "first", START));
        for (int item = 0; item < AgreementCount.WAITING; item++) {
            count.routed(Belts.glass("a", "i" + item, START));
        }

        // When
        count.answered(Belts.shadowAnswer("a", "first", "glass"));
        count.answered(Belts.shadowAnswer("a", "i0", "glass"));

        // Then
        assertThat(count.agreement().compared()).isEqualTo(1);
    }
}
