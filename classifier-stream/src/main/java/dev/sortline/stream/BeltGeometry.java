// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where the ejectors stand and how fast the belt runs: it turns a time of capture into the time at which an ejector acts.
 *
 * @param speedMetresPerSecond the belt's speed, above 0
 * @param transportMarginMillis how long before it acts an ejector's controller must have the event, in milliseconds, at
 *     least 0
 * @param residualLane where an item ends that no ejector moves
 * @param ejectors the ejector that serves a lane, by the lane's name
 */
public record BeltGeometry(
        @JsonProperty(required = true) double speedMetresPerSecond,
        @JsonProperty(required = true) long transportMarginMillis,
        @JsonProperty(required = true) String residualLane,
        @JsonProperty(required = true) Map<String, Ejector> ejectors) {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final Duration NEVER = Duration.ofDays(365);

    public BeltGeometry {
        if (!(speedMetresPerSecond > 0) || Double.isInfinite(speedMetresPerSecond)) {
            throw new IllegalArgumentException(
                    "speedMetresPerSecond is %s: must be above 0".formatted(speedMetresPerSecond));
        }
        if (transportMarginMillis < 0) {
            throw new IllegalArgumentException(
                    "transportMarginMillis is %d: must be at least 0".formatted(transportMarginMillis));
        }
        if (ejectors.containsKey(residualLane)) {
            throw new IllegalArgumentException(
                    "residualLane is '%s', which has an ejector: it must be a lane of its own".formatted(residualLane));
        }
        ejectors = Map.copyOf(ejectors);
    }

    /**
     * An ejector beside the belt.
     *
     * @param number its number at the controller, at least 0
     * @param distanceMetres from the camera to the ejector, along the belt, above 0
     * @param actuatorDelayMillis from the signal until it moves, in milliseconds, at least 0
     */
    public record Ejector(
            @JsonProperty(required = true) int number,
            @JsonProperty(required = true) double distanceMetres,
            long actuatorDelayMillis) {
        public Ejector {
            if (number < 0) {
                throw new IllegalArgumentException("number is %d: must be at least 0".formatted(number));
            }
            if (!(distanceMetres > 0) || Double.isInfinite(distanceMetres)) {
                throw new IllegalArgumentException(
                        "distanceMetres is %s: must be above 0, an ejector stands after its camera"
                                .formatted(distanceMetres));
            }
            if (actuatorDelayMillis < 0) {
                throw new IllegalArgumentException(
                        "actuatorDelayMillis is %d: must be at least 0".formatted(actuatorDelayMillis));
            }
        }
    }

    /**
     * When a lane's ejector acts on an item.
     *
     * @param ejector the ejector
     * @param fireAt when it acts
     * @param deadline the latest time at which the event may reach the ejector's controller
     */
    record Firing(Ejector ejector, Instant fireAt, Instant deadline) {}

    /** All lanes in which an item can end. */
    public Set<String> lanes() {
        var lanes = new TreeSet<>(ejectors.keySet());
        lanes.add(residualLane);
        return lanes;
    }

    /**
     * {@code fireAt = capturedAt + distance / speed - actuatorDelay}, {@code deadline = fireAt - transportMargin}. Empty
     * for a lane that no ejector serves.
     */
    Optional<Firing> firing(String lane, Instant capturedAt) {
        return Optional.ofNullable(ejectors.get(lane)).map(ejector -> {
            Instant fireAt = capturedAt.plus(leadTime(ejector));
            return new Firing(ejector, fireAt, fireAt.minusMillis(transportMarginMillis));
        });
    }

    /** How old a frame may be at the deadline of the nearest ejector; without ejectors nothing is ever late. */
    Duration leastTimeToDecide() {
        return timesToDecide().min(Comparator.naturalOrder()).orElse(NEVER);
    }

    /** How old a frame may be at the deadline of the furthest ejector; without ejectors nothing is ever late. */
    Duration mostTimeToDecide() {
        return timesToDecide().max(Comparator.naturalOrder()).orElse(NEVER);
    }

    private Stream<Duration> timesToDecide() {
        return ejectors.values().stream().map(ejector -> leadTime(ejector).minusMillis(transportMarginMillis));
    }

    private Duration leadTime(Ejector ejector) {
        long travelNanos = Math.round(ejector.distanceMetres() / speedMetresPerSecond * NANOS_PER_SECOND);
        return Duration.ofNanos(travelNanos).minusMillis(ejector.actuatorDelayMillis());
    }
}
