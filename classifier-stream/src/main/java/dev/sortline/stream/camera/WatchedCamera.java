// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.camera;

import dev.sortline.contract.CameraStatus;
import dev.sortline.contract.CameraTrouble;
import dev.sortline.contract.Frame;
import dev.sortline.sorting.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One camera of a line, from when this instance took the line up: looks at each of its frames before anything is decided by it, and knows
 * how the camera does. What it knows is forgotten when the line changes hands, and nothing is lost by that: an item's id does not depend on
 * it, so a frame that comes again is known to the gateway as a duplicate, and each trouble that lasts is found again.
 *
 * <p>Safe for use by several threads: one brings frames, others ask.
 */
public final class WatchedCamera {
    /** A clock that is so far ahead is told of; what is less is usual among clocks that are set by a network's time. */
    static final Duration NOTICED_AHEAD = Duration.ofMillis(50);

    /** Frames arrive late for so long before it is told: a delay that passes is no clock. */
    static final Duration BEHIND_FOR = Duration.ofSeconds(10);

    /** So many frames in a row come too fast for items before it is told. */
    static final int TOO_DENSE_FRAMES = 10;

    /** No frame waits so long, and no clock of a camera at work is so far off: its time says nothing. */
    private static final Duration IMPOSSIBLE = Duration.ofDays(1);

    private final Line line;
    private final String cameraId;
    private final CameraWatchSettings settings;
    private final CameraMetrics.Counters counters;

    private final FrameSequence sequence = new FrameSequence();
    private final SamePictures pictures = new SamePictures();
    private final ClockSkew believed = new ClockSkew();
    private final ClockSkew told = new ClockSkew();
    private final RecentTrouble repeated = new RecentTrouble();
    private final RecentTrouble beganAgain = new RecentTrouble();
    private final RecentTrouble missing = new RecentTrouble();
    private final RecentTrouble unbelievable = new RecentTrouble();
    private final RecentTrouble tooDense = new RecentTrouble();
    private String lastReset = "";
    private String lastUnbelievable = "";
    private int denseFrames;
    private long lastOffset = -1;
    private @Nullable Sighting lastSighting;
    private @Nullable Instant lastArrivedAt;
    private @Nullable Instant lastCapturedAt;
    private @Nullable Instant behindSince;

    WatchedCamera(Line line, String cameraId, CameraWatchSettings settings, CameraMetrics.Counters counters) {
        this.line = line;
        this.cameraId = cameraId;
        this.settings = settings;
        this.counters = counters;
    }

    /**
     * Looks at a frame of this camera.
     *
     * @param offset its place in the log: the same one again is no repeat, but another try
     */
    public synchronized Sighting see(Frame frame, long offset, Instant now) {
        if (offset != lastOffset || lastSighting == null) {
            lastOffset = offset;
            lastSighting = look(frame, now);
        }
        return lastSighting;
    }

    private Sighting look(Frame frame, Instant now) {
        lastArrivedAt = now;
        if (sequence.has(frame.sequence(), frame.capturedAt())) {
            repeated.happened(1, now);
            counters.repeated().increment();
            return new Sighting.Repeated();
        }
        Duration delay = Duration.between(frame.capturedAt(), now);
        told.add(within(delay, IMPOSSIBLE));
        watchWhetherBehind(now);
        if (delay.negated().compareTo(settings.clockAhead()) > 0 || delay.compareTo(IMPOSSIBLE) > 0) {
            sequence.pass(frame.sequence());
            lastUnbelievable = unbelievable(frame, delay);
            unbelievable.happened(1, now);
            counters.unbelievable().increment();
            return new Sighting.Unbelievable(lastUnbelievable);
        }
        believed.add(delay);
        follow(frame, now);
        Instant capturedAt = byOurClock(frame, now);
        long same = pictures.add(frame.image());
        if (isFrozen()) {
            counters.frozen().increment();
            return new Sighting.Frozen(capturedAt, "the camera sends one and the same picture, " + same + " times now");
        }
        return new Sighting.Sound(capturedAt);
    }

    /** How it does, by an instance that took the line up then. */
    synchronized CameraStatus status(Instant since, Instant now) {
        List<CameraTrouble> troubles = new ArrayList<>();
        tell(troubles, CameraTrouble.SILENT, isSilent(since, now));
        if (!isHeard(since)) {
            // What was seen of it before the line was another's is no longer known to be so.
            return new CameraStatus(cameraId, troubles, null, null);
        }
        tell(troubles, CameraTrouble.CLOCK_AHEAD, isAhead());
        tell(troubles, CameraTrouble.CLOCK_BEHIND, isBehind(now));
        tell(troubles, CameraTrouble.FROZEN, isFrozen());
        tell(troubles, CameraTrouble.REPEATING, repeated.is(now));
        tell(troubles, CameraTrouble.SEQUENCE_RESET, beganAgain.is(now));
        tell(troubles, CameraTrouble.FRAMES_MISSING, missing.is(now));
        return new CameraStatus(
                cameraId,
                troubles,
                age(since, now).toMillis(),
                told.isKnown() ? told.ahead().toMillis() : null);
    }

    /** What deserves a look at it, by an instance that took the line up then. */
    synchronized List<CameraWarning> warnings(Instant since, Instant now) {
        List<CameraWarning> warnings = new ArrayList<>();
        if (isSilent(since, now)) {
            warn(warnings, "silent", silence(since, now));
        }
        if (!isHeard(since)) {
            return warnings;
        }
        if (unbelievable.is(now)) {
            warn(
                    warnings,
                    "capture-time",
                    unbelievable.times() + " frames of late refused, for their time of capture cannot be: "
                            + lastUnbelievable);
        } else if (isAhead()) {
            warn(
                    warnings,
                    "ahead",
                    "its clock is " + told.ahead().toMillis()
                            + " ms ahead of this classifier's, and its times are set right by that: set the camera's clock by NTP or PTP");
        }
        if (isBehind(now)) {
            warn(
                    warnings,
                    "behind",
                    "its frames never arrive sooner than "
                            + told.ahead().negated().toMillis()
                            + " ms after their capture: its clock is behind this classifier's, then ejectors fire too early, or its frames take so long: set its clock by NTP or PTP, else set cameraWatch.clockBehindMillis");
        }
        if (isFrozen()) {
            warn(
                    warnings,
                    "frozen",
                    "it sent one and the same picture " + pictures.same()
                            + " times: nothing fires by it; look at the camera, or, where pictures are repeated on purpose, set cameraWatch.frozenAfterFrames: 0");
        }
        if (repeated.is(now)) {
            warn(
                    warnings,
                    "repeating",
                    repeated.times()
                            + " frames of late came that had come before, and were left out: look at what sends them");
        }
        if (beganAgain.is(now)) {
            warn(
                    warnings,
                    "reset",
                    "its frame counter began again " + beganAgain.times() + " times of late, last " + lastReset);
        }
        if (missing.is(now)) {
            warn(
                    warnings,
                    "missing",
                    missing.times()
                            + " frames of late are missing in its frame counter: they did not reach the frames topic");
        }
        if (tooDense.is(now)) {
            warn(warnings, "dense", density());
        }
        return warnings;
    }

    /** Since its last frame came, or since this instance took the line up. */
    synchronized Duration age(Instant since, Instant now) {
        return elapsed(isHeard(since) && lastArrivedAt != null ? lastArrivedAt : since, now);
    }

    synchronized Duration ahead() {
        return told.ahead();
    }

    synchronized boolean isFrozen() {
        return settings.frozenAfter() > 0 && pictures.same() >= settings.frozenAfter();
    }

    private void follow(Frame frame, Instant now) {
        FrameSequence.Step step = sequence.take(frame.sequence(), frame.capturedAt());
        if (step.beganAgain()) {
            lastReset = "at " + frame.sequence() + " after " + step.before();
            beganAgain.happened(1, now);
            counters.resets().increment();
        }
        if (step.missing() > 0) {
            missing.happened(step.missing(), now);
            counters.missing().increment((double) step.missing());
        }
        watchDensity(frame, now);
        lastCapturedAt = frame.capturedAt();
    }

    /** Frames of no item that each count as one: a trigger does not make more of them than items fit on the belt. */
    private void watchDensity(Frame frame, Instant now) {
        if (frame.itemId() != null || line.votes() || lastCapturedAt == null) {
            denseFrames = 0;
            return;
        }
        Duration apart = Duration.between(lastCapturedAt, frame.capturedAt());
        boolean dense = !apart.isNegative() && apart.compareTo(settings.itemSpacing(line.belt())) < 0;
        denseFrames = dense ? Math.min(denseFrames + 1, TOO_DENSE_FRAMES) : 0;
        if (denseFrames >= TOO_DENSE_FRAMES) {
            tooDense.happened(1, now);
        }
    }

    private void watchWhetherBehind(Instant now) {
        boolean late = told.ahead().negated().compareTo(settings.clockBehind()) > 0;
        if (!late) {
            behindSince = null;
        } else if (behindSince == null) {
            behindSince = now;
        }
    }

    private Instant byOurClock(Frame frame, Instant now) {
        Duration ahead = believed.ahead();
        Instant capturedAt =
                ahead.isNegative() ? frame.capturedAt() : frame.capturedAt().minus(ahead);
        return capturedAt.isAfter(now) ? now : capturedAt;
    }

    private String unbelievable(Frame frame, Duration delay) {
        String captured = "captured at " + frame.capturedAt();
        return delay.isNegative()
                ? captured + ", " + text(delay.negated())
                        + " after it came here: set the camera's clock by NTP or PTP; cameraWatch.clockAheadMillis is what is borne"
                : captured + ", more than a day before it came here: set the camera's clock by NTP or PTP";
    }

    private String silence(Instant since, Instant now) {
        boolean heard = isHeard(since);
        return (heard ? "no frame for " : "no frame yet, in ") + text(age(since, now))
                + (heard ? "" : " that this classifier has had the line")
                + ": look at the camera, what sends its frames, and the network; cameraWatch.silentAfterMillis is what is borne";
    }

    private String density() {
        return "its frames have no itemid and come so fast that the belt moves less than "
                + settings.itemSpacing(line.belt()).toMillis()
                + " ms in between, yet each counts as an item of its own: have its trigger give itemid, or set framesPerItem of the line; where items are that close, set cameraWatch.itemSpacingMillimetres";
    }

    private boolean isSilent(Instant since, Instant now) {
        return age(since, now).compareTo(settings.silentAfter()) > 0;
    }

    private boolean isAhead() {
        return told.ahead().compareTo(NOTICED_AHEAD) >= 0;
    }

    private boolean isBehind(Instant now) {
        return behindSince != null && Duration.between(behindSince, now).compareTo(BEHIND_FOR) >= 0;
    }

    private boolean isHeard(Instant since) {
        return lastArrivedAt != null && !lastArrivedAt.isBefore(since);
    }

    private void warn(List<CameraWarning> warnings, String about, String what) {
        String camera = line.id() + ", " + cameraId;
        warnings.add(new CameraWarning(camera + ", " + about, camera + ": " + what));
    }

    private static void tell(List<CameraTrouble> troubles, CameraTrouble trouble, boolean is) {
        if (is) {
            troubles.add(trouble);
        }
    }

    private static Duration elapsed(Instant from, Instant now) {
        Duration elapsed = Duration.between(from, now);
        return elapsed.isNegative() ? Duration.ZERO : elapsed;
    }

    private static Duration within(Duration delay, Duration bound) {
        if (delay.compareTo(bound) > 0) {
            return bound;
        }
        return delay.negated().compareTo(bound) > 0 ? bound.negated() : delay;
    }

    private static String text(Duration time) {
        return time.compareTo(Duration.ofSeconds(1)) < 0
                ? time.toMillis() + " ms"
                : Math.round(time.toMillis() / 100.0) / 10.0 + " s";
    }
}
