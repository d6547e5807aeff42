// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When ejectors fire and when not. What is absent has its default. Each setting is described where it is declared; docs/line-file.md is made
 * of that.
 */
public record FiringSettings(
        @JsonPropertyDescription("whether nothing fires and everything is only told")
                @JsonProperty(defaultValue = "" + DRY_RUN)
                boolean dryRun,
        @JsonPropertyDescription(
                        "nothing fires when a line's heartbeat, of which one comes a second, is older than that")
                @JsonProperty(defaultValue = "" + WATCHDOG_MILLIS)
                @Min(LEAST_WATCHDOG_MILLIS) @Max(MILLIS_PER_MINUTE) int watchdogMillis,
        @JsonPropertyDescription("how long after its time a shot may still leave")
                @JsonProperty(defaultValue = "" + TOLERANCE_MILLIS)
                @Min(1) @Max(MOST_TOLERANCE_MILLIS) int toleranceMillis,
        @JsonPropertyDescription("how long an ejector is held")
                @JsonProperty(defaultValue = "" + PULSE_MILLIS)
                @Min(1) @Max(MOST_PULSE_MILLIS) int pulseMillis,
        @JsonPropertyDescription("least time from one shot of an ejector to its next; at least pulseMillis")
                @JsonProperty(defaultValue = "" + RECOVERY_MILLIS)
                @Min(1) @Max(MILLIS_PER_MINUTE) int recoveryMillis) {
    /** What holds unless the line file says otherwise. */
    public static final FiringSettings DEFAULT = of(null, null, null, null, null);

    private static final boolean DRY_RUN = false;
    private static final int WATCHDOG_MILLIS = 2_000;
    private static final int TOLERANCE_MILLIS = 20;
    private static final int PULSE_MILLIS = 50;
    private static final int RECOVERY_MILLIS = 150;

    private static final int LEAST_WATCHDOG_MILLIS = 1_500;
    private static final int MOST_TOLERANCE_MILLIS = 1_000;
    private static final int MOST_PULSE_MILLIS = 10_000;
    private static final int MILLIS_PER_MINUTE = 60_000;

    public FiringSettings {
        check("watchdogMillis", watchdogMillis, LEAST_WATCHDOG_MILLIS, MILLIS_PER_MINUTE);
        check("toleranceMillis", toleranceMillis, 1, MOST_TOLERANCE_MILLIS);
        check("pulseMillis", pulseMillis, 1, MOST_PULSE_MILLIS);
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
                dryRun == null ? DRY_RUN : dryRun,
                watchdogMillis == null ? WATCHDOG_MILLIS : watchdogMillis,
                toleranceMillis == null ? TOLERANCE_MILLIS : toleranceMillis,
                pulseMillis == null ? PULSE_MILLIS : pulseMillis,
                recoveryMillis == null ? RECOVERY_MILLIS : recoveryMillis);
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
