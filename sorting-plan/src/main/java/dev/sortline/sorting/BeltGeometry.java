// SPDX-License-Identifier: Apache-2.0
package dev.sortline.sorting;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the cameras and the ejectors stand along a belt and how fast it runs: it turns a time of capture into the time at which an ejector
 * acts. Distances are along the belt, in its direction, from one zero mark. The limits are far beyond any belt's, so that a mistaken unit is
 * found and no time overflows. Each setting is described where it is declared; docs/line-file.md is made of that.
 */
@JsonClassDescription(
        "Where the cameras and the ejectors stand along a belt and how fast it runs: belts.md. Distances are along the"
                + " belt, in its direction, from one zero mark. No two ejectors have the same number, and each stands so far after every"
                + " camera that an answer can be in time.")
public record BeltGeometry(
        @JsonPropertyDescription("the belt's speed")
                @JsonProperty(required = true)
                @DecimalMin("" + LEAST_SPEED)
                @DecimalMax("" + MOST_SPEED)
                double speedMetresPerSecond,
        @JsonPropertyDescription("how long before it acts an ejector's controller must have the event")
                @JsonProperty(required = true)
                @Min(0) @Max(MOST_MILLIS) long transportMarginMillis,
        @JsonPropertyDescription("the lane where an item ends that no ejector moves") @JsonProperty(required = true)
                String residualLane,
        @JsonPropertyDescription("how far the belt's encoder counts up in a metre; absent without an encoder")
                @Positive @DecimalMax("" + MOST_COUNTS)
                @Nullable Double countsPerMetre,
        @JsonPropertyDescription("the cameras by their id; absent when all stand at the zero mark")
                @Size(min = 1) @Nullable Map<String, Camera> cameras,
        @JsonPropertyDescription("the ejector that serves a lane, by the lane's name") @JsonProperty(required = true)
                Map<String, Ejector> ejectors) {

    private static final double LEAST_SPEED = 0.01;
    private static final double MOST_SPEED = 100;
    private static final double MOST_METRES = 1e7;
    private static final double MOST_COUNTS = 1e7;
    private static final long MOST_MILLIS = 60_000;

    /** What is left of sums of decimal fractions. */
    private static final double ROUNDING = 1e-9;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final Camera AT_THE_ZERO_MARK = new Camera(0);
    private static final Duration NEVER = Duration.ofDays(365);

    public BeltGeometry {
        if (!(speedMetresPerSecond >= LEAST_SPEED && speedMetresPerSecond <= MOST_SPEED)) {
            throw new IllegalArgumentException("speedMetresPerSecond is %s: must be from %s to %.0f"
                    .formatted(speedMetresPerSecond, LEAST_SPEED, MOST_SPEED));
        }
        checkMillis("transportMarginMillis", transportMarginMillis);
        if (countsPerMetre != null && !(countsPerMetre > 0 && countsPerMetre <= MOST_COUNTS)) {
            throw new IllegalArgumentException(
                    "countsPerMetre is %s: must be above 0 and at most %.0f".formatted(countsPerMetre, MOST_COUNTS));
        }
        if (ejectors.containsKey(residualLane)) {
            throw new IllegalArgumentException(
                    "residualLane is '%s', which has an ejector: it must be a lane of its own".formatted(residualLane));
        }
        if (cameras != null && cameras.isEmpty()) {
            throw new IllegalArgumentException(
                    "cameras is empty: name one, or leave the key out when all stand at the zero mark");
        }
        cameras = cameras == null ? null : Map.copyOf(cameras);
        ejectors = Map.copyOf(ejectors);
        checkNumbers(ejectors);
        checkPlaces(speedMetresPerSecond, transportMarginMillis, cameras, ejectors);
    }

    /** A camera above the belt. */
    @JsonClassDescription("A camera above the belt.")
    public record Camera(
            @JsonPropertyDescription("how far it stands from the zero mark")
                    @JsonProperty(required = true)
                    @PositiveOrZero @DecimalMax("" + MOST_METRES)
                    double distanceMetres,
            @JsonPropertyDescription("where in its pictures the belt lies: nothing else of them is looked at; the whole"
                            + " picture when absent")
                    @Nullable Region region) {
        public Camera {
            if (!(distanceMetres >= 0 && distanceMetres <= MOST_METRES)) {
                throw new IllegalArgumentException(
                        "distanceMetres is %s: must be from 0 to %.0f".formatted(distanceMetres, MOST_METRES));
            }
        }

        /** One whose whole pictures are looked at. */
        @JsonCreator(mode = JsonCreator.Mode.DISABLED)
        public Camera(double distanceMetres) {
            this(distanceMetres, null);
        }
    }

    /** A part of a picture, in parts of its width and height, so that it lies within pictures of any size. */
    @JsonClassDescription("A part of a picture, in parts of its width and height from the top left.")
    public record Region(
            @JsonPropertyDescription("left edge, from 0 to 1")
                    @JsonProperty(required = true)
                    @Min(0) @DecimalMax(value = "1", inclusive = false) double left,
            @JsonPropertyDescription("upper edge, from 0 to 1")
                    @JsonProperty(required = true)
                    @Min(0) @DecimalMax(value = "1", inclusive = false) double top,
            @JsonPropertyDescription("width, above 0; with left at most 1")
                    @JsonProperty(required = true)
                    @DecimalMin(value = "0", inclusive = false) @Max(1) double width,
            @JsonPropertyDescription("height, above 0; with top at most 1")
                    @JsonProperty(required = true)
                    @DecimalMin(value = "0", inclusive = false) @Max(1) double height) {
        public Region {
            check("left", left, "width", width);
            check("top", top, "height", height);
        }

        private static void check(String from, double begin, String size, double length) {
            if (!(begin >= 0 && begin < 1 && length > 0 && begin + length <= 1 + ROUNDING)) {
                throw new IllegalArgumentException("%s %s and %s %s: must lie within the picture, from 0 to 1"
                        .formatted(from, begin, size, length));
            }
        }
    }

    /** An ejector beside the belt. */
    @JsonClassDescription("An ejector beside the belt.")
    public record Ejector(
            @JsonPropertyDescription("its number at the controller") @JsonProperty(required = true) @Min(0) int number,
            @JsonPropertyDescription("how far it stands from the zero mark")
                    @JsonProperty(required = true)
                    @Positive @DecimalMax("" + MOST_METRES)
                    double distanceMetres,
            @JsonPropertyDescription("how long from the signal until it moves")
                    @JsonProperty(defaultValue = "0")
                    @Min(0) @Max(MOST_MILLIS) long actuatorDelayMillis) {
        public Ejector {
            if (number < 0) {
                throw new IllegalArgumentException("number is %d: must be at least 0".formatted(number));
            }
            if (!(distanceMetres > 0 && distanceMetres <= MOST_METRES)) {
                throw new IllegalArgumentException("distanceMetres is %s: must be above 0 and at most %.0f"
                        .formatted(distanceMetres, MOST_METRES));
            }
            checkMillis("actuatorDelayMillis", actuatorDelayMillis);
        }
    }

    /**
     * When a lane's ejector acts on an item.
     *
     * @param ejector the ejector
     * @param fireAt when it acts
     * @param deadline the latest time at which the event may reach the ejector's controller
     * @param fireAtEncoder the belt's position at which it acts, in encoder counts; absent without an encoder
     */
    public record Firing(Ejector ejector, Instant fireAt, Instant deadline, @Nullable Long fireAtEncoder) {}

    /** All lanes in which an item can end. */
    public Set<String> lanes() {
        var lanes = new TreeSet<>(ejectors.keySet());
        lanes.add(residualLane);
        return lanes;
    }

    /** The cameras of which it is known where they stand; empty when all stand at the zero mark. */
    public Set<String> namedCameras() {
        return cameras == null ? Set.of() : cameras.keySet();
    }

    /** Whether it is known where a camera stands. */
    public boolean knows(String cameraId) {
        return cameras == null || cameras.containsKey(cameraId);
    }

    /** Where in a camera's pictures the belt lies; empty where that is not said, and they are looked at whole. */
    public Optional<Region> region(String cameraId) {
        return cameras == null
                ? Optional.empty()
                : Optional.ofNullable(cameras.get(cameraId)).map(Camera::region);
    }

    /**
     * {@code fireAt = capturedAt + distance / speed - actuatorDelay}, {@code deadline = fireAt - transportMargin}, and {@code fireAtEncoder}
     * is where the belt is at {@code fireAt} if it keeps its speed. Empty for a lane that no ejector serves.
     *
     * @param cameraId a camera that the belt {@link #knows}
     * @param encoder the belt's position at capture, in counts; without it there is no {@code fireAtEncoder}
     */
    public Optional<Firing> firing(String lane, String cameraId, Instant capturedAt, @Nullable Long encoder) {
        Camera camera = camera(cameraId);
        return Optional.ofNullable(ejectors.get(lane)).map(ejector -> {
            Instant fireAt = capturedAt.plus(leadTime(speedMetresPerSecond, camera, ejector));
            return new Firing(
                    ejector,
                    fireAt,
                    fireAt.minusMillis(transportMarginMillis),
                    fireAtEncoder(camera, ejector, encoder));
        });
    }

    /** How old a frame may be at the deadline of the ejector that is nearest to its camera; without ejectors nothing is ever late. */
    public Duration leastTimeToDecide() {
        return timesToDecide().min(Comparator.naturalOrder()).orElse(NEVER);
    }

    /** How old a frame may be at the deadline of the ejector that is furthest from its camera; without ejectors nothing is ever late. */
    public Duration mostTimeToDecide() {
        return timesToDecide().max(Comparator.naturalOrder()).orElse(NEVER);
    }

    /** How long an item is in view of cameras and ejectors at most; without ejectors nobody can say. */
    public Duration longestWay() {
        Collection<Camera> seeing = cameras == null ? List.of(AT_THE_ZERO_MARK) : cameras.values();
        return ejectors.values().stream()
                .flatMap(ejector -> seeing.stream().map(camera -> travelTime(speedMetresPerSecond, camera, ejector)))
                .max(Comparator.naturalOrder())
                .orElse(NEVER);
    }

    private Stream<Duration> timesToDecide() {
        Collection<Camera> seeing = cameras == null ? List.of(AT_THE_ZERO_MARK) : cameras.values();
        return ejectors.values().stream()
                .flatMap(ejector -> seeing.stream().map(camera -> leadTime(speedMetresPerSecond, camera, ejector)))
                .map(lead -> lead.minusMillis(transportMarginMillis));
    }

    private Camera camera(String id) {
        Camera camera = cameras == null ? AT_THE_ZERO_MARK : cameras.get(id);
        if (camera == null) {
            throw new IllegalArgumentException("camera '%s' is not on the belt".formatted(id));
        }
        return camera;
    }

    private @Nullable Long fireAtEncoder(Camera camera, Ejector ejector, @Nullable Long encoder) {
        if (countsPerMetre == null || encoder == null) {
            return null;
        }
        double metres = ejector.distanceMetres()
                - camera.distanceMetres()
                - speedMetresPerSecond * ejector.actuatorDelayMillis() / MILLIS_PER_SECOND;
        long counts = Math.round(metres * countsPerMetre);
        // So near to the counter's end it is about to begin anew: nobody can say at which count the item is there.
        return encoder > Long.MAX_VALUE - counts ? null : Long.valueOf(encoder + counts);
    }

    private static Duration leadTime(double speedMetresPerSecond, Camera camera, Ejector ejector) {
        return travelTime(speedMetresPerSecond, camera, ejector).minusMillis(ejector.actuatorDelayMillis());
    }

    private static Duration travelTime(double speedMetresPerSecond, Camera camera, Ejector ejector) {
        double metres = ejector.distanceMetres() - camera.distanceMetres();
        return Duration.ofNanos(Math.round(metres / speedMetresPerSecond * NANOS_PER_SECOND));
    }

    private static void checkMillis(String what, long millis) {
        if (millis < 0 || millis > MOST_MILLIS) {
            throw new IllegalArgumentException("%s is %d: must be from 0 to %d".formatted(what, millis, MOST_MILLIS));
        }
    }

    private static void checkNumbers(Map<String, Ejector> ejectors) {
        Map<Integer, String> taken = new HashMap<>();
        new TreeMap<>(ejectors).forEach((lane, ejector) -> {
            String other = taken.putIfAbsent(ejector.number(), lane);
            if (other != null) {
                throw new BadDescriptionException(
                        List.of("ejectors", lane, "number"),
                        "number is %d, which is the number of ejector '%s': each has its own"
                                .formatted(ejector.number(), other));
            }
        });
    }

    private static void checkPlaces(
            double speedMetresPerSecond,
            long transportMarginMillis,
            @Nullable Map<String, Camera> cameras,
            Map<String, Ejector> ejectors) {
        Map<String, Camera> seeing = new TreeMap<>();
        if (cameras == null) {
            seeing.put("the zero mark", AT_THE_ZERO_MARK);
        } else {
            cameras.forEach((id, camera) -> seeing.put("camera '" + id + "'", camera));
        }
        new TreeMap<>(ejectors)
                .forEach((lane, ejector) -> seeing.forEach((seer, camera) -> {
                    if (ejector.distanceMetres() <= camera.distanceMetres()) {
                        throw new BadDescriptionException(
                                List.of("ejectors", lane, "distanceMetres"),
                                "ejector '%s' stands at %s m, not after %s at %s m: an item must pass the camera first"
                                        .formatted(lane, ejector.distanceMetres(), seer, camera.distanceMetres()));
                    }
                    Duration lead = leadTime(speedMetresPerSecond, camera, ejector);
                    if (lead.compareTo(Duration.ofMillis(transportMarginMillis)) <= 0) {
                        throw new BadDescriptionException(
                                List.of("ejectors", lane),
                                "an item reaches ejector '%s' %d ms after %s, but its actuatorDelayMillis and the transportMarginMillis take %d ms: no answer can be in time"
                                        .formatted(
                                                lane,
                                                lead.toMillis() + ejector.actuatorDelayMillis(),
                                                seer,
                                                ejector.actuatorDelayMillis() + transportMarginMillis));
                    }
                }));
    }
}
