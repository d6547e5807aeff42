// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.trigger;

import dev.sortline.camera.picture.Luma;
import dev.sortline.camera.picture.Picture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Pictures that somebody outside asks for: the first ones captured at or after a call's moment become frames of its item. Calls wait in
 * the order in which they came; one whose moment has come and that has no picture yet goes before one that would only get another.
 *
 * <p>A call's moment is its own time, where it tells one, else its arrival. Has no clock: somebody must tell it now and then what time it
 * is ({@link #expire}), for pictures may stay out. May be called by any thread; answers are given on the thread that brings them about,
 * the camera's among them: what hangs on them must not block.
 */
public final class OutsideTrigger implements FrameTrigger {
    /** A moment may be told ahead, but not so far: then a clock is wrong. */
    private static final Duration MOST_AHEAD = Duration.ofSeconds(10);
    /** More than are on a belt at once. */
    private static final int MOST_REMEMBERED = 1_024;

    private final ItemIds ids;
    private final Duration wait;
    private final int framesPerCall;
    private final int mostWaiting;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Map<String, Waiting> known = new LinkedHashMap<>();

    /** A call that may still get pictures. */
    private static final class Waiting {
        private final String itemId;
        private final OutsideCall call;
        private final Instant moment;
        private final CompletableFuture<CallOutcome> outcome = new CompletableFuture<>();
        private int frames;

        Waiting(String itemId, OutsideCall call, Instant moment) {
            this.itemId = itemId;
            this.call = call;
            this.moment = moment;
        }
    }

    /** An answer, and whom to give it to when no lock is held any more. */
    private record Answer(Waiting to, CallOutcome outcome) {
        void give() {
            to.outcome.complete(outcome);
        }
    }

    /**
     * Nothing is asked for yet.
     *
     * @param cameraId stands in the ids of items that nobody has named
     * @param wait how long after its moment a call waits for its first picture, and gets further ones
     * @param framesPerCall how many pictures a call gets at most, at least 1
     * @param mostWaiting how many calls may wait, at least 1
     */
    public OutsideTrigger(String cameraId, Duration wait, int framesPerCall, int mostWaiting) {
        ids = new ItemIds(cameraId);
        this.wait = wait;
        this.framesPerCall = framesPerCall;
        this.mostWaiting = mostWaiting;
    }

    /**
     * Asks for pictures of an item.
     *
     * @param now when the call arrived
     * @return what becomes of it, when its first picture was taken or none has come in time; never fails
     */
    public CompletableFuture<CallOutcome> call(OutsideCall call, Instant now) {
        expire(now);
        synchronized (this) {
            Instant moment = call.at() == null ? now : call.at();
            Waiting before = call.itemId() == null ? null : known.get(call.itemId());
            if (before != null) {
                return before.outcome.thenApply(OutsideTrigger::repeated);
            }
            if (moment.isAfter(now.plus(MOST_AHEAD))) {
                return refused(
                        call,
                        "the time of the trigger, %s, is more than %d s ahead of this computer's clock: set the clocks"
                                .formatted(moment, MOST_AHEAD.toSeconds()));
            }
            if (now.isAfter(moment.plus(wait))) {
                return refused(
                        call,
                        "the time of the trigger, %s, is %d ms ago, and pictures are waited for %d ms: it came too late, or set the clocks"
                                .formatted(moment, Duration.between(moment, now).toMillis(), wait.toMillis()));
            }
            if (waiting.size() >= mostWaiting) {
                return answered(
                        call,
                        CallOutcome.Fate.FULL,
                        "%d triggers wait already: does the camera give pictures?".formatted(mostWaiting));
            }
            var added = new Waiting(call.itemId() == null ? ids.next(moment) : call.itemId(), call, moment);
            waiting.add(added);
            remember(added);
            return added.outcome;
        }
    }

    @Override
    public Admission admit(Picture picture, Supplier<Optional<Luma>> small) {
        Instant at = picture.captured().at();
        List<Answer> answers = new ArrayList<>();
        Admission admission = Admission.NOT_ASKED;
        synchronized (this) {
            overdue(at, answers);
            Waiting next = next(at);
            if (next != null) {
                if (next.frames == 0) {
                    answers.add(new Answer(
                            next,
                            new CallOutcome(
                                    CallOutcome.Fate.TAKEN,
                                    next.itemId,
                                    at,
                                    "a picture of %s was taken".formatted(next.itemId))));
                }
                next.frames++;
                if (next.frames == framesPerCall) {
                    waiting.remove(next);
                }
                admission = new Admission.Taken(next.itemId, next.call.encoder());
            }
        }
        answers.forEach(Answer::give);
        return admission;
    }

    /** Answers the calls for which no picture has come in time. */
    public void expire(Instant now) {
        List<Answer> answers = new ArrayList<>();
        synchronized (this) {
            overdue(now, answers);
        }
        answers.forEach(Answer::give);
    }

    /** Answers all that wait: the camera gives no more pictures. */
    public void close() {
        List<Answer> answers = new ArrayList<>();
        synchronized (this) {
            for (Waiting each : waiting) {
                giveUp(each, "the camera was stopped", answers);
            }
            waiting.clear();
        }
        answers.forEach(Answer::give);
    }

    /** How many calls wait. */
    public synchronized int waiting() {
        return (int) waiting.stream().filter(each -> each.frames == 0).count();
    }

    /** The first whose moment has come; of those that have a picture already only where no other needs this one. */
    private @Nullable Waiting next(Instant at) {
        Waiting further = null;
        for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
            Waiting candidate = each.next();
            if (candidate.moment.isAfter(at)) {
                continue;
            }
            if (candidate.frames == 0) {
                if (further != null) {
                    // The next item is before the camera: what would follow shows that one.
                    waiting.remove(further);
                }
                return candidate;
            }
            further = candidate;
        }
        return further;
    }

    private void overdue(Instant now, List<Answer> answers) {
        for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
            Waiting candidate = each.next();
            if (now.isAfter(candidate.moment.plus(wait))) {
                each.remove();
                giveUp(candidate, "no picture came within %d ms".formatted(wait.toMillis()), answers);
            }
        }
    }

    private void giveUp(Waiting call, String line, List<Answer> answers) {
        if (call.frames == 0) {
            // Whoever asks again for the item is not told of this.
            known.remove(call.itemId);
            answers.add(new Answer(call, new CallOutcome(CallOutcome.Fate.NO_FRAME, call.itemId, null, line)));
        }
    }

    private void remember(Waiting call) {
        known.put(call.itemId, call);
        if (known.size() > MOST_REMEMBERED + mostWaiting) {
            known.remove(known.keySet().iterator().next());
        }
    }

    private static CallOutcome repeated(CallOutcome first) {
        return first.fate() == CallOutcome.Fate.TAKEN
                ? new CallOutcome(
                        CallOutcome.Fate.REPEATED,
                        first.itemId(),
                        first.capturedAt(),
                        "%s was asked for before, and taken then".formatted(first.itemId()))
                : first;
    }

    private static CompletableFuture<CallOutcome> refused(OutsideCall call, String line) {
        return answered(call, CallOutcome.Fate.REFUSED, line);
    }

    private static CompletableFuture<CallOutcome> answered(OutsideCall call, CallOutcome.Fate fate, String line) {
        return CompletableFuture.completedFuture(new CallOutcome(fate, call.itemId(), null, line));
    }
}
