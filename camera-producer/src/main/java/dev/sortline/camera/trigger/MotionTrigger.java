// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.trigger;

import dev.sortline.camera.picture.Luma;
import dev.sortline.camera.picture.Picture;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Pictures while something moves, and a while longer. A picture that cannot be looked at becomes a frame: one too many costs less than an
 * item that nobody sees.
 */
final class MotionTrigger implements FrameTrigger {
    /** While pictures become frames anyway it is enough to look so many times in the while that is kept. */
    private static final int LOOKS = 4;

    private final BeltBackground belt;
    private final Duration keep;
    private @Nullable Instant looked;
    private @Nullable Instant moved;

    MotionTrigger(BeltBackground belt, Duration keep) {
        this.belt = belt;
        this.keep = keep;
    }

    @Override
    public Admission admit(Picture picture, Supplier<Optional<Luma>> small) {
        Instant at = picture.captured().at();
        if (within(looked, keep.dividedBy(LOOKS), at) && within(moved, keep, at)) {
            return Admission.FRAME;
        }
        Optional<Luma> luma = small.get();
        if (luma.isEmpty()) {
            return Admission.FRAME;
        }
        looked = at;
        BeltBackground.Seen seen = belt.look(luma.get(), at);
        if (seen.moving() && seen.amount() >= 1) {
            moved = at;
            return Admission.FRAME;
        }
        return within(moved, keep, at) ? Admission.FRAME : Admission.NOT_ASKED;
    }

    /** Whether it is less than a while since then; a clock that was set back ends it. */
    private static boolean within(@Nullable Instant since, Duration time, Instant at) {
        return since != null && !at.isBefore(since) && at.isBefore(since.plus(time));
    }
}
