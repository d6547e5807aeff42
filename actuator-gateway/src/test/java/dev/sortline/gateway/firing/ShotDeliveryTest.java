// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.firing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShotDeliveryTest {
    private final List<String> told = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "true, fired",
        "false, undelivered",
        "false|true, fired",
        "true|false, fired",
        "false|false, undelivered"
    })
    void shotIsFiredWhenOneControllerHasTakenIt(String answers, String fate) {
        // Given
        List<Boolean> taken =
                Stream.of(answers.split("\\|")).map(Boolean::valueOf).toList();
        var delivery = delivery(taken.size());

        // When
        taken.forEach(delivery);

        // Then
        assertThat(told).containsExactly(fate);
    }

    @Test
    void firstControllerThatTakesItDecides() {
        // Given
        var delivery = delivery(3);

        // When
        delivery.accept(true);

        // Then
        assertThat(told).containsExactly("fired");
    }

    @Test
    void nothingIsCertainWhileADriverHasYetToAnswer() {
        // Given
        var delivery = delivery(2);

        // When
        delivery.accept(false);

        // Then
        assertThat(told).isEmpty();
    }

    @Test
    void shotThatTwoControllersTakeIsFiredOnce() {
        // Given
        var delivery = delivery(2);

        // When
        delivery.accept(true);
        delivery.accept(true);

        // Then
        assertThat(told).containsExactly("fired");
    }

    private ShotDelivery delivery(int drivers) {
        return new ShotDelivery(drivers, () -> told.add("fired"), () -> told.add("undelivered"));
    }
}
