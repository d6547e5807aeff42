// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.sight;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether a camera sees well, by a look about once a second: what it tells takes some looks to come and some to go. Belongs to one
 * thread.
 *
 * <p>A camera's usual sharpness is learned from its own looks, the blurred ones left out: what an absolute bound would say of it hangs on
 * its lens and on what it sees. So one that is blurred from the start is not found, and one that was turned elsewhere may be told of until
 * it is watched anew. A picture without contrast, as of an empty belt, says nothing of sharpness.
 *
 * <p>An empty belt that stands is not frozen: of a real sensor no two pictures are the same, also when made small. What is all black or all
 * white may well be, and is told as that.
 */
public final class SightWatch {
    /** Whoever is told must be better by so much before it is taken back. */
    private static final double BETTER = 0.9;

    private static final double SHARPER = 1.5;
    /** So many looks make a usual sharpness. */
    private static final int LEAST_LOOKS = 20;
    /** Ten minutes: longer than any item, shorter than a day's light. */
    private static final int MOST_LOOKS = 600;

    private final SightSettings settings;
    private final Suspicion dark;
    private final Suspicion blownOut;
    private final Suspicion frozen;
    private final Suspicion blurred;
    private @Nullable Integer lastPrint;
    private double usual;
    private int looks;

    /** Has seen nothing yet. */
    public SightWatch(SightSettings settings) {
        this.settings = settings;
        dark = new Suspicion(settings.looksAtLight());
        blownOut = new Suspicion(settings.looksAtLight());
        // The first of them is the same as none.
        frozen = new Suspicion(settings.looksAtTheSame() - 1);
        blurred = new Suspicion(settings.looksAtBlur());
    }

    /** Takes the next look, and says what is in force after it; of several the first of {@link SightTrouble}. */
    public Optional<SightTrouble> look(Sight sight) {
        judge(dark, sight.black(), settings.dark());
        judge(blownOut, sight.blownOut(), settings.blownOut());
        if (lastPrint != null && lastPrint == sight.print()) {
            frozen.bad();
        } else {
            frozen.good();
        }
        lastPrint = sight.print();
        if (sight.sharpness() != null) {
            judgeSharpness(sight.sharpness());
        }
        return trouble();
    }

    /** What is in force. */
    public Optional<SightTrouble> trouble() {
        if (dark.isCertain()) {
            return Optional.of(SightTrouble.DARK);
        }
        if (blownOut.isCertain()) {
            return Optional.of(SightTrouble.BLOWN_OUT);
        }
        if (frozen.isCertain()) {
            return Optional.of(SightTrouble.FROZEN);
        }
        return blurred.isCertain() ? Optional.of(SightTrouble.BLURRED) : Optional.empty();
    }

    private static void judge(Suspicion suspicion, double share, double most) {
        if (share > most) {
            suspicion.bad();
        } else if (share <= most * BETTER) {
            suspicion.good();
        } else {
            suspicion.neither();
        }
    }

    private void judgeSharpness(double sharpness) {
        double part = looks < LEAST_LOOKS ? 1 : sharpness / Math.exp(usual);
        if (part < settings.blurred()) {
            blurred.bad();
            return;
        }
        if (part >= settings.blurred() * SHARPER) {
            blurred.good();
        } else {
            blurred.neither();
        }
        looks = Math.min(MOST_LOOKS, looks + 1);
        usual += (Math.log(sharpness) - usual) / looks;
    }
}
