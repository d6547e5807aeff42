// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.trigger;

import dev.sortline.camera.picture.Luma;
import dev.sortline.camera.picture.Picture;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The first pictures of each item in a gate. An item is in it from its leading edge until the gate is seen empty, however long the belt stands. */
final class ItemTrigger implements FrameTrigger {
    private static final double THERE = 1;
    private static final double GONE = 0.5;

    private final BeltBackground belt;
    private final ItemIds ids;
    private final int framesPerItem;
    private final Duration minimumGap;
    private @Nullable String item;
    private int frames;
    private @Nullable Instant left;

    ItemTrigger(BeltBackground belt, ItemIds ids, int framesPerItem, Duration minimumGap) {
        this.belt = belt;
        this.ids = ids;
        this.framesPerItem = framesPerItem;
        this.minimumGap = minimumGap;
    }

    @Override
    public Admission admit(Picture picture, Supplier<Optional<Luma>> small) {
        Optional<Luma> luma = small.get();
        if (luma.isEmpty()) {
            return Admission.NOT_ASKED;
        }
        Instant at = picture.captured().at();
        double amount = belt.look(luma.get(), at).amount();
        if (amount < GONE) {
            left = left == null ? at : left;
            return Admission.NOT_ASKED;
        }
        if (amount >= THERE) {
            begin(at);
        }
        if (item == null || left != null || frames == framesPerItem) {
            return Admission.NOT_ASKED;
        }
        frames++;
        return new Admission.Taken(item, null);
    }

    private void begin(Instant at) {
        // A clock that was set back says nothing of the gap.
        boolean same = left == null
                || (!at.isBefore(left) && Duration.between(left, at).compareTo(minimumGap) < 0);
        if (item == null || !same) {
            item = ids.next(at);
            frames = 0;
        }
        left = null;
    }
}
