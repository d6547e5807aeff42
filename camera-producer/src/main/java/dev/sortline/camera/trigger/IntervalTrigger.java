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
 * The first picture of each stretch of time. Stretches follow each other without regard to when pictures came, so that a camera whose
 * rate is no multiple of theirs still gives one a stretch.
 */
final class IntervalTrigger implements FrameTrigger {
    private final Duration stretch;
    private @Nullable Instant next;

    IntervalTrigger(Duration stretch) {
        this.stretch = stretch;
    }

    @Override
    public Admission admit(Picture picture, Supplier<Optional<Luma>> small) {
        Instant at = picture.captured().at();
        // A clock that was set back would else be waited for; pictures that are out of order by a little are not such.
        if (next == null || at.isBefore(next.minus(stretch.multipliedBy(2)))) {
            next = at;
        }
        if (at.isBefore(next)) {
            return Admission.NOT_ASKED;
        }
        long stretches = Duration.between(next, at).dividedBy(stretch) + 1;
        next = next.plus(stretch.multipliedBy(stretches));
        return Admission.FRAME;
    }
}
