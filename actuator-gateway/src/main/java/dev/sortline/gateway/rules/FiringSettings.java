// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When ejectors fire and when not. What is absent has its default.
 *
 * @param dryRun whether nothing fires and everything is only told; default {@code false}
 * @param watchdogMillis nothing fires when a line's heartbeat is older than that, in milliseconds, 1500 to 60 000, for one comes
 *     a second; default 2000
 * @param toleranceMillis how long after its time a shot may still leave, in milliseconds, 1 to 1000; default 20
 * @param pulseMillis how long an ejector is held, in milliseconds, 1 to 10 000; default 50
 * @param recoveryMillis least time from one shot of an ejector to its next, in milliseconds, at least {@code pulseMillis}, at most
 *     60 000; default 150
 */
public record FiringSettings(
        boolean dryRun, int watchdogMillis, int toleranceMillis, int pulseMillis, int recoveryMillis) {
    /** What holds unless the line file says otherwise. */
    public static final FiringSettings DEFAULT = of(null, null, null, null, null);

    private static final int MILLIS_PER_MINUTE = 60_000;

    public FiringSettings {
        check("watchdogMillis", watchdogMillis, 1_500, MILLIS_PER_MINUTE);
        check("toleranceMillis", toleranceMillis, 1, 1_000);
        check("pulseMillis", pulseMillis, 1, 10_000);
        check("recoveryMillis", recoveryMillis, pulseMillis, MILLIS_PER_MINUTE);
    }

    @JsonCreator
    public static FiringSettings of(
            @JsonProperty("dryRun") @Nullable Boolean dryRun,
            @JsonProperty("watchdogMillis") @Nullable Integer watchdogMillis,
            @JsonProperty("toleranceMillis") @Nullable Integer toleranceMillis,
            @JsonProperty("pulseMillis") @Nullable Integer pulseMillis,
            @JsonProperty("recoveryMillis") @Nullable Integer recoveryMillis) {
        return new FiringSettings(
                dryRun != null && dryRun,
                watchdogMillis == null ? 2_000 : watchdogMillis,
                toleranceMillis == null ? 20 : toleranceMillis,
                pulseMillis == null ? 50 : pulseMillis,
                recoveryMillis == null ? 150 : recoveryMillis);
    }

    Duration watchdog() {
        return Duration.ofMillis(watchdogMillis);
    }

    public Duration tolerance() {
        return Duration.ofMillis(toleranceMillis);
    }

    public Duration pulse() {
        return Duration.ofMillis(pulseMillis);
    }

    Duration recovery() {
        return Duration.ofMillis(recoveryMillis);
    }

    private static void check(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s is %d: must be from %d to %d".formatted(what, value, least, most));
        }
    }
}
