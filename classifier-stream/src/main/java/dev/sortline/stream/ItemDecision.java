// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream;

import dev.sortline.classifier.Classification;
import dev.sortline.contract.Decision;
import dev.sortline.contract.Frame;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEvent.StageMicros;
import dev.sortline.stream.BeltGeometry.Firing;
import dev.sortline.stream.FrameReading.Recognised;
import dev.sortline.stream.FrameReading.TakenFrame;
import dev.sortline.stream.FrameReading.TooLate;
import dev.sortline.stream.FrameReading.Unreadable;
import dev.sortline.stream.SortingPlan.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Turns what could be made of a frame into its item's routing event. Knows the plan, the belt and the time, no Kafka. */
final class ItemDecision {
    private static final double SIX_DIGITS = 1e6;

    private final RoutingEvent.Model model;
    private final InstantSource clock;

    ItemDecision(RoutingEvent.Model model, InstantSource clock) {
        this.model = model;
        this.clock = clock;
    }

    /** The event of the frame's item; none when the frame shows an empty belt. */
    Optional<RoutingEvent> decide(FrameReading reading) {
        long started = System.nanoTime();
        Instant now = clock.instant();
        if (reading instanceof TooLate late) {
            var verdict = toResidual(late.taken(), Decision.LATE, "too old to be decided in time");
            return Optional.of(event(late.taken(), verdict, null, now, started));
        }
        if (reading instanceof Unreadable unreadable) {
            var verdict = toResidual(unreadable.taken(), Decision.UNREADABLE, unreadable.problem());
            return Optional.of(event(unreadable.taken(), verdict, null, now, started));
        }
        if (reading instanceof Recognised recognised) {
            return Optional.of(event(recognised.taken(), judge(recognised, now), recognised, now, started));
        }
        return Optional.empty();
    }

    private static Verdict judge(Recognised recognised, Instant now) {
        TakenFrame taken = recognised.taken();
        Classification answer = recognised.classification();
        var belt = taken.line().belt();
        Verdict verdict =
                taken.line().plan().judge(answer.label(), answer.confidence(), answer.gap(), belt.residualLane());
        boolean tooLate = belt.firing(verdict.lane(), taken.frame().capturedAt())
                .filter(firing -> now.isAfter(firing.deadline()))
                .isPresent();
        return tooLate ? toResidual(taken, Decision.LATE, "decided after the ejector's deadline") : verdict;
    }

    private static Verdict toResidual(TakenFrame taken, Decision decision, String reason) {
        return new Verdict(decision, taken.line().belt().residualLane(), reason);
    }

    private RoutingEvent event(
            TakenFrame taken, Verdict verdict, @Nullable Recognised recognised, Instant now, long started) {
        Frame frame = taken.frame();
        Line line = taken.line();
        @Nullable Classification answer = recognised == null ? null : recognised.classification();
        @Nullable Firing firing = line.belt().firing(verdict.lane(), frame.capturedAt()).orElse(null);
        return new RoutingEvent(
                line.id(),
                frame.item(),
                List.of(frame.id()),
                verdict.decision(),
                answer == null ? null : answer.label(),
                verdict.lane(),
                firing == null ? null : firing.ejector().number(),
                answer == null ? null : rounded(answer.confidence()),
                answer == null ? null : rounded(answer.gap()),
                answer == null ? Map.of() : rounded(answer.byLabel()),
                frame.capturedAt(),
                now,
                firing == null ? null : firing.fireAt(),
                firing == null ? null : firing.deadline(),
                null,
                model,
                line.planName(),
                verdict.reason(),
                frame.truth(),
                new StageMicros(
                        micros(taken.queued()),
                        recognised == null ? 0 : micros(recognised.decode()),
                        recognised == null ? 0 : micros(recognised.infer()),
                        TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - started)));
    }

    private static Map<String, Double> rounded(Map<String, Double> probabilities) {
        var rounded = new LinkedHashMap<>(probabilities);
        rounded.replaceAll((label, probability) -> rounded(probability));
        return rounded;
    }

    /** More digits than the network's 32-bit floats hold would only look exact. */
    private static double rounded(double probability) {
        return Math.round(probability * SIX_DIGITS) / SIX_DIGITS;
    }

    private static long micros(Duration duration) {
        return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }
}
