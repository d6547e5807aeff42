// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.time;

import dev.sortline.camera.time.CaptureTime.Basis;
import dev.sortline.camera.time.LowerLine.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a picture was taken by our clock, from the time stamp of the camera's and the picture's arrival by ours. Either clock may count
 * from any moment, drift by up to 500 ppm against the other, and be set at any time.
 *
 * <p>A picture never arrives before it was taken, and is delayed now more, now less. So arrival less time stamp, over time, has a lower edge:
 * the pictures that were delayed least ({@link LowerLine}). The mapping follows that edge over about the last minute. How long even those
 * pictures took, from exposure to arrival here, no clock can tell: that constant is <b>not</b> in the capture time, which is late by it,
 * and not in the uncertainty. It is for who set the camera up (a set delay, to be taken off {@link CaptureTime#at}).
 *
 * <p>The uncertainty begins at {@link #AT_FIRST} and shrinks with the pictures. With that constant aside, and delays that vary at random, the
 * true time lies within it for at least 99 of 100 pictures.
 *
 * <p>When a picture comes earlier by more than {@link #STEP} than the edge says, a clock was set, and the mapping begins anew with it. When one
 * comes that much too late, it was held up or a clock was set: its uncertainty allows for both, its time is that of one held up, for it is
 * safer to take a fresh picture for an old one than the other way round. When all of a second come as much too late as each other, it was
 * the clock, and the mapping begins anew. A clock that is set by less widens the uncertainty by as much, until the edge has forgotten it.
 *
 * <p>For one thread. Pure: no clock of its own.
 */
public final class ClockMapping {
    /** The uncertainty of a mapping that knows one picture, and the most that few pictures make. */
    public static final Duration AT_FIRST = Duration.ofSeconds(1);

    /** A clock that is set by more than this is noticed as such. */
    public static final Duration STEP = Duration.ofSeconds(1);

    private static final double AT_FIRST_NANOS = 1e9 * AT_FIRST.toSeconds();
    private static final double STEP_NANOS = 1e9 * STEP.toSeconds();
    private static final long BUCKET_NANOS = 250_000_000;
    private static final int MOST_BUCKETS = 256;

    /** Of a camera that is asked a picture now and then, no more than this is remembered, by its clock. */
    private static final long MEMORY_NANOS = 600_000_000_000L;

    private static final long RECENT_NANOS = 1_000_000_000;
    private static final long A_SECOND_OR_SO = 750_000_000;
    private static final int FEWEST_RECENT = 4;
    private static final int MOST_RECENT = 1_000;

    /** What a time stamp's own digits, and the arithmetic here, may be off. */
    private static final long LEAST_NANOS = 1_000;

    private final Basis basis;
    private final TreeMap<Long, Point> least = new TreeMap<>();
    private final Deque<Arrival> recent = new ArrayDeque<>();
    private long firstStamp;
    private long firstOffset;
    private LowerLine line = new LowerLine(0, 0, 0);
    private long begun;

    /** A picture's place: its stamp and its delay against the first's, by the camera's clock, and its arrival by ours; nanoseconds. */
    private record Arrival(double x, double y, long at) {}

    /** @param basis what the camera's time stamp is worth, the sensor's or the sender's */
    public ClockMapping(Basis basis) {
        this.basis = basis;
    }

    /** As {@link #captured(long, Instant)}, of a camera that tells the time of day. */
    public CaptureTime captured(Instant stamp, Instant arrived) {
        return captured(nanos(stamp), arrived);
    }

    /**
     * When a picture was taken. Called for each picture, in the order of arrival; their time stamps need not be in order.
     *
     * @param stamp the camera's time stamp, in nanoseconds since any moment
     * @param arrived when the picture arrived by our clock
     * @return never later than the arrival
     */
    public CaptureTime captured(long stamp, Instant arrived) {
        long arrivedNanos = nanos(arrived);
        long offset = arrivedNanos - stamp;
        if (least.isEmpty()) {
            begin(stamp, offset);
        }
        var arrival = new Arrival((double) (stamp - firstStamp), (double) (offset - firstOffset), arrivedNanos);
        remember(arrival);
        if (late(arrival) < -STEP_NANOS || isStep()) {
            begin(stamp, offset);
            arrival = new Arrival(0, 0, arrivedNanos);
            remember(arrival);
        }
        learn(arrival);
        double late = Math.max(0, late(arrival));
        return new CaptureTime(arrived.minusNanos(Math.round(late)), uncertainty(late), basis);
    }

    /** How often the mapping began anew because a clock was set, for a metric. */
    public long steps() {
        return Math.max(0, begun - 1);
    }

    private void begin(long stamp, long offset) {
        begun++;
        firstStamp = stamp;
        firstOffset = offset;
        least.clear();
        recent.clear();
        line = new LowerLine(0, 0, 0);
    }

    private void remember(Arrival arrival) {
        recent.addLast(arrival);
        while (recent.size() > MOST_RECENT
                || (recent.size() > FEWEST_RECENT
                        && Math.abs(arrival.at() - recent.getFirst().at()) > RECENT_NANOS)) {
            recent.removeFirst();
        }
    }

    /** Pictures that were held up come in a rush, or each less late than the one before: then it was no clock. */
    private boolean isStep() {
        if (recent.size() < FEWEST_RECENT
                || recent.getLast().at() - recent.getFirst().at() < A_SECOND_OR_SO) {
            return false;
        }
        double leastLate = Double.POSITIVE_INFINITY;
        double mostLate = Double.NEGATIVE_INFINITY;
        for (Arrival arrival : recent) {
            leastLate = Math.min(leastLate, late(arrival));
            mostLate = Math.max(mostLate, late(arrival));
        }
        return leastLate > STEP_NANOS && mostLate - leastLate < leastLate / 2;
    }

    private void learn(Arrival arrival) {
        long bucket = (long) Math.floor(arrival.x() / BUCKET_NANOS);
        @Nullable Point known = least.get(bucket);
        if (known != null && known.y() <= arrival.y()) {
            return;
        }
        if (least.size() == MOST_BUCKETS && bucket < least.firstKey()) {
            return;
        }
        least.put(bucket, new Point(arrival.x(), arrival.y()));
        long newest = least.lastKey();
        while (least.size() > MOST_BUCKETS || newest - least.firstKey() > MEMORY_NANOS / BUCKET_NANOS) {
            least.pollFirstEntry();
        }
        line = LowerLine.below(List.copyOf(least.values()));
    }

    private Duration uncertainty(double late) {
        double scatter = Math.min(AT_FIRST_NANOS, line.scatter());
        double held = late > STEP_NANOS ? late : 0;
        return Duration.ofNanos(Math.round(Math.max(LEAST_NANOS, Math.max(held, scatter + leastOfRecent()))));
    }

    /** If a clock was set a moment ago, all pictures since seem late by as much. */
    private double leastOfRecent() {
        return recent.stream().mapToDouble(this::late).min().orElse(0);
    }

    private double late(Arrival arrival) {
        return arrival.y() - line.at(arrival.x());
    }

    private static long nanos(Instant at) {
        return at.getEpochSecond() * 1_000_000_000 + at.getNano();
    }
}
