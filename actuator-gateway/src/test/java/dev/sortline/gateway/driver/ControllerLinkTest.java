// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ControllerLinkTest {
    private final ControllerLink link = new ControllerLink();

    @Test
    void controllerIsNotThereAtFirst() {
        // When
        var problem = link.problem();

        // Then
        assertThat(problem).contains("is not connected yet");
        assertThat(link.isUp()).isFalse();
    }

    @Test
    void controllerThatIsReachedCanBeTold() {
        // When
        link.connected();

        // Then
        assertThat(link.isUp()).isTrue();
        assertThat(link.problem()).isEmpty();
    }

    @Test
    void controllerThatIsLostSaysWhyAndWhenItIsTriedAgain() {
        // Given
        link.connected();

        // When
        Duration wait = link.lost("no answer\nwithin 250 ms");

        // Then
        assertThat(wait).isEqualTo(Duration.ofMillis(100));
        assertThat(link.isUp()).isFalse();
        assertThat(link.problem()).contains("no answer within 250 ms; trying again in 100 ms");
    }

    @Test
    void controllerThatStaysAwayIsTriedLessAndLessOften() {
        // When
        List<Long> waits =
                Stream.generate(() -> link.lost("away").toMillis()).limit(9).toList();

        // Then
        assertThat(waits).containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 10_000L, 10_000L);
    }

    @Test
    void connectionAloneIsNoReasonToTryMoreOften() {
        // Given
        link.lost("away");
        link.connected();

        // When
        Duration wait = link.lost("takes a connection and serves another");

        // Then
        assertThat(wait).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void controllerThatHasTakenSomethingIsTriedAgainSoon() {
        // Given
        link.lost("away");
        link.connected();
        link.served();

        // When
        Duration wait = link.lost("away");

        // Then
        assertThat(wait).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void whatHasStoppedStaysSo() {
        // Given
        link.connected();

        // When
        link.stopped();

        // Then
        assertThat(link.isUp()).isFalse();
        assertThat(link.problem()).contains("has stopped");
        assertThatThrownBy(link::connected).isInstanceOf(IllegalStateException.class);
    }
}
