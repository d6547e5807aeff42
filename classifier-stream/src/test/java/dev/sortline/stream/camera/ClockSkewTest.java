// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClockSkewTest {
    private final ClockSkew skew = new ClockSkew();

    @Test
    void clockThatIsAheadIsKnownByTheFramesThatTookLeast() {
        // Given
        int ahead = 200;

        // When
        for (int i = 0; i < 100; i++) {
            skew.add(Duration.ofMillis(10 + i % 7 * 15 - ahead));
        }

        // Then: less what the quickest frames took
        assertThat(skew.ahead()).isEqualTo(Duration.ofMillis(ahead - 10));
    }

    @Test
    void twoWrongTimesShiftNothing() {
        // Given
        for (int i = 0; i < 10; i++) {
            skew.add(Duration.ofMillis(20));
        }

        // When
        skew.add(Duration.ofMillis(-480));
        skew.add(Duration.ofMillis(-480));

        // Then
        assertThat(skew.ahead()).isEqualTo(Duration.ofMillis(-20));
    }

    @Test
    void clockThatIsSetAnewIsFollowedWithinAFewFrames() {
        // Given
        for (int i = 0; i < ClockSkew.FRAMES; i++) {
            skew.add(Duration.ofMillis(-300));
        }

        // When
        for (int i = 0; i < ClockSkew.FRAMES - 2; i++) {
            skew.add(Duration.ofMillis(15));
        }

        // Then
        assertThat(skew.ahead()).isEqualTo(Duration.ofMillis(-15));
    }

    @Test
    void firstFrameAlreadyTellsThatAClockIsAhead() {
        // When
        skew.add(Duration.ofMillis(-120));

        // Then
        assertThat(skew.ahead()).isEqualTo(Duration.ofMillis(120));
    }

    @Test
    void nothingIsKnownBeforeTheFirstFrame() {
        // When
        var known = skew.isKnown();

        // Then
        assertThat(known).isFalse();
    }
}
