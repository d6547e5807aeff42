// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.view;

import static dev.sortline.console.view.Belts.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.GatewayStatus;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GatewaysTest {
    private final Gateways gateways = new Gateways(Set.of("a"));

    @Test
    void gatewayIsSilentAfterThreeSecondsAndForgottenAfterTenMinutes() {
        // When
        gateways.heard(Belts.gateway("a"), START);

        // Then
        assertThat(gateways.states(START.plusSeconds(3)))
                .extracting(GatewayState::state)
                .containsExactly(Presence.ALIVE);
        assertThat(gateways.states(START.plusSeconds(4)))
                .extracting(GatewayState::state)
                .containsExactly(Presence.SILENT);
        assertThat(gateways.states(START.plusSeconds(601))).isEmpty();
    }

    @Test
    void linesThatNobodyKnowsAreLeftOut() {
        // When
        gateways.heard(new GatewayStatus("g", List.of("z", "a", "a"), false, List.of(), List.of(), START), START);

        // Then
        assertThat(gateways.states(START)).extracting(GatewayState::lines).containsExactly(List.of("a"));
    }

    @Test
    void whatGatewaysSayIsBounded() {
        // When
        for (int gateway = 0; gateway < 1000; gateway++) {
            gateways.heard(
                    new GatewayStatus(
                            "g" + gateway,
                            List.of("a"),
                            false,
                            Collections.nCopies(1000, "x".repeat(10_000)),
                            List.of(),
                            START),
                    START);
        }

        // Then
        assertThat(gateways.states(START))
                .hasSize(64)
                .allSatisfy(state -> assertThat(state.obstacles()).hasSize(16).allMatch(line -> line.length() <= 300));
    }
}
