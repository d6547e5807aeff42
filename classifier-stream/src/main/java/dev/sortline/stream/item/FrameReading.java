// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.item;

import dev.sortline.contract.Frame;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.sorting.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the stream could make of one frame; the item's decision follows from it. */
public sealed interface FrameReading {

    /** The frame that was read. */
    TakenFrame taken();

    /**
     * A frame with a sound envelope, of a line that is known.
     *
     * @param frame the frame
     * @param line its line
     * @param capturedAt when it was captured, by our clock
     * @param takenAt when the stream took it up
     */
    record TakenFrame(Frame frame, Line line, Instant capturedAt, Instant takenAt) {
        /** From capture until it was taken up, at least 0. */
        public Duration queued() {
            var queued = Duration.between(capturedAt, takenAt);
            return queued.isNegative() ? Duration.ZERO : queued;
        }
    }

    /** Too old for every ejector: it was not even decoded. */
    record TooLate(TakenFrame taken) implements FrameReading {}

    /** The image could not be decoded; {@code problem} says why, in one line. */
    record Unreadable(TakenFrame taken, String problem) implements FrameReading {}

    /** The network looked at the image, or the gate before it knew that the belt is empty. */
    sealed interface Classified extends FrameReading {
        /** The model that looked, or would have. */
        RoutingEvent.Model model();

        /** Calibrated probability by label, at least two, in the order of the model's labels. */
        Map<String, Double> probabilities();

        /** Share of the things that the model knows which are less familiar to it, 0 to 1; absent when it does not tell. */
        @Nullable Double familiarity();

        Duration decode();

        Duration infer();
    }

    /** The image shows a belt without an item. */
    record EmptyBelt(
            TakenFrame taken,
            RoutingEvent.Model model,
            Map<String, Double> probabilities,
            @Nullable Double familiarity,
            Duration decode,
            Duration infer)
            implements Classified {}

    /** The image shows an item. */
    record Recognised(
            TakenFrame taken,
            RoutingEvent.Model model,
            Map<String, Double> probabilities,
            @Nullable Double familiarity,
            Duration decode,
            Duration infer)
            implements Classified {}
}
