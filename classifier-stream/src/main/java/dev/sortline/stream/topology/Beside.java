// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameAnswer;
import dev.sortline.sorting.Line;
import dev.sortline.stream.item.FrameReading.Classified;
import dev.sortline.stream.item.FrameReading.TakenFrame;
import dev.sortline.stream.item.SixDigits;
import dev.sortline.stream.review.Reviews;
import dev.sortline.stream.side.SideTopic;
import dev.sortline.tracing.FrameTracing;
import dev.sortline.trouble.TroubleLog;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * What is told beside the events: steps tell it after them, never wait for it, and never fail by it. It is no part of the topology's picture,
 * so that instances with and without any of it can hand lines over.
 *
 * @param trialLine id of the line on which people try out pictures of any origin; its cameras are not watched
 * @param answers takes what the first model says of each frame of the trial line
 * @param shadow sees each frame that the first model has looked at
 * @param reviews hears of each item that is decided
 * @param tracing hears of each frame that comes and of each item that is decided
 */
public record Beside(
        Optional<String> trialLine,
        SideTopic<FrameAnswer> answers,
        Consumer<Frame> shadow,
        Reviews reviews,
        FrameTracing tracing) {
    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(Beside.class));

    /** About what an answer holds until it is written. */
    private static final int BYTES_OF_AN_ANSWER = 1_000;

    boolean isTrial(Line line) {
        return trialLine.isPresent() && trialLine.get().equals(line.id());
    }

    /** A frame was looked at, and its reading passed on. */
    void classified(Classified reading, InstantSource clock) {
        TakenFrame taken = reading.taken();
        Frame frame = taken.frame();
        try {
            if (isTrial(taken.line())) {
                var answer = new FrameAnswer(
                        frame.lineId(),
                        frame.id(),
                        frame.item(),
                        reading.model(),
                        false,
                        SixDigits.of(reading.probabilities()),
                        SixDigits.of(reading.familiarity()),
                        clock.instant());
                answers.publish(frame.lineId(), answer, BYTES_OF_AN_ANSWER, written -> {});
            }
            shadow.accept(frame);
        } catch (RuntimeException e) {
            // The frame has its fate: it must not be set aside for this.
            TROUBLE.error(
                    "beside", "Frame " + frame.id() + " is not answered, a mistake in Sortline: please report " + e);
        }
    }
}
