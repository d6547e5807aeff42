// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.item;

import dev.sortline.contract.Frame;
import dev.sortline.contract.RoutingEvent.Model;
import dev.sortline.contract.RoutingEvent.StageMicros;
import dev.sortline.stream.item.FrameReading.Classified;
import dev.sortline.stream.item.FrameReading.TakenFrame;
import dev.sortline.stream.item.FrameReading.Unreadable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one frame has to say of its item: all that a vote keeps of it, never the image.
 *
 * @param frameId the frame
 * @param cameraId the camera that took it
 * @param capturedAt when, by our clock
 * @param encoder the belt's position at that time, in counts; absent without an encoder
 * @param truth the known label when a labelled set is replayed
 * @param probabilities calibrated probability by label, of at least two; empty when the frame was not classified, so that it does not vote
 * @param familiarity how familiar it is to the model, 0 to 1; absent when it was not classified, and when the model does not tell
 * @param model the model that classified it; absent when it was not classified, and in changelogs of versions that did not keep it
 * @param problem why the image could not be read; absent when it could, and when it was too late to be looked at
 * @param micros what the frame took so far
 */
public record Ballot(
        String frameId,
        String cameraId,
        Instant capturedAt,
        @Nullable Long encoder,
        @Nullable String truth,
        Map<String, Double> probabilities,
        @Nullable Double familiarity,
        @Nullable Model model,
        @Nullable String problem,
        StageMicros micros) {
    public Ballot {
        probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
        if (problem != null && !probabilities.isEmpty()) {
            throw new IllegalArgumentException(
                    "problem is '%s': a frame that could not be read has no probabilities".formatted(problem));
        }
    }

    public static Ballot of(FrameReading reading) {
        TakenFrame taken = reading.taken();
        Frame frame = taken.frame();
        @Nullable Classified classified = reading instanceof Classified seen ? seen : null;
        return new Ballot(
                frame.id(),
                frame.cameraId(),
                taken.capturedAt(),
                frame.encoder(),
                frame.truth(),
                classified == null ? Map.of() : classified.probabilities(),
                classified == null ? null : classified.familiarity(),
                classified == null ? null : classified.model(),
                reading instanceof Unreadable unreadable ? unreadable.problem() : null,
                new StageMicros(
                        micros(taken.queued()),
                        classified == null ? 0 : micros(classified.decode()),
                        classified == null ? 0 : micros(classified.infer()),
                        0));
    }

    /** Whether the frame was classified: then it votes. */
    public boolean votes() {
        return !probabilities.isEmpty();
    }

    private static long micros(Duration duration) {
        return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }
}
