// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiringSettingsTest {
    @Test
    void whatIsAbsentHasItsDefault() {
        // When
        var settings = FiringSettings.of(null, null, null, null, null);

        // Then
        assertThat(settings).isEqualTo(new FiringSettings(false, 2_000, 20, 50, 150));
    }

    @ParameterizedTest
    @CsvSource({"1500, 1, 1, 1", "60000, 1000, 10000, 10000", "60000, 1000, 10000, 60000"})
    void boundsAreAllowed(int watchdogMillis, int toleranceMillis, int pulseMillis, int recoveryMillis) {
        // When
        var settings = FiringSettings.of(true, watchdogMillis, toleranceMillis, pulseMillis, recoveryMillis);

        // Then
        assertThat(settings)
                .isEqualTo(new FiringSettings(true, watchdogMillis, toleranceMillis, pulseMillis, recoveryMillis));
    }

    @ParameterizedTest
    @CsvSource({
        "1499, 20, 50, 150, watchdogMillis is 1499: must be from 1500 to 60000",
        "60001, 20, 50, 150, watchdogMillis is 60001: must be from 1500 to 60000",
        "2000, 0, 50, 150, toleranceMillis is 0: must be from 1 to 1000",
        "2000, 1001, 50, 150, toleranceMillis is 1001: must be from 1 to 1000",
        "2000, 20, 0, 150, pulseMillis is 0: must be from 1 to 10000",
        "2000, 20, 10001, 20000, pulseMillis is 10001: must be from 1 to 10000",
        "2000, 20, 50, 60001, recoveryMillis is 60001: must be from 50 to 60000"
    })
    void whatIsOutOfItsBoundsIsRefused(
            int watchdogMillis, int toleranceMillis, int pulseMillis, int recoveryMillis, String why) {
        // Given
        boolean dryRun = false;

        // When
        var making = assertThatThrownBy(
                () -> FiringSettings.of(dryRun, watchdogMillis, toleranceMillis, pulseMillis, recoveryMillis));

        // Then
        making.hasMessage(why);
    }

    @Test
    void ejectorThatIsStillHeldCannotHaveRecovered() {
        // Given
        int pulseMillis = 200;

        // When
        var making = assertThatThrownBy(() -> FiringSettings.of(null, null, null, pulseMillis, pulseMillis - 1));

        // Then
        making.hasMessage("recoveryMillis is 199: must be from 200 to 60000");
    }
}
