// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream;

import dev.sortline.contract.Decision;
import dev.sortline.contract.Frame;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEvent.StageMicros;
import dev.sortline.stream.BeltGeometry.Firing;
import dev.sortline.stream.FrameReading.Recognised;
import dev.sortline.stream.FrameReading.TakenFrame;
import dev.sortline.stream.FrameReading.TooLate;
import dev.sortline.stream.FrameReading.Unreadable;
import dev.sortline.stream.Judgement.Verdict;
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
        // Asked for once, so that one edition judges and is told, whatever is put in force meanwhile.
        PlanEdition plan = reading.taken().line().plan().edition();
        if (reading instanceof TooLate late) {
            var verdict = toResidual(late.taken(), Decision.LATE, "too old to be decided in time");
            return Optional.of(event(late.taken(), plan, verdict, null, null, now, started));
        }
        if (reading instanceof Unreadable unreadable) {
            var verdict = toResidual(unreadable.taken(), Decision.UNREADABLE, unreadable.problem());
            return Optional.of(event(unreadable.taken(), plan, verdict, null, null, now, started));
        }
        if (reading instanceof Recognised recognised) {
            TakenFrame taken = recognised.taken();
            Judgement judgement = plan.plan()
                    .judge(
                            recognised.classification().byLabel(),
                            taken.line().belt().residualLane());
            var verdict = inTime(taken, judgement.verdict(), now);
            return Optional.of(event(taken, plan, verdict, judgement, recognised, now, started));
        }
        return Optional.empty();
    }

    private static Verdict inTime(TakenFrame taken, Verdict verdict, Instant now) {
        boolean tooLate = firing(taken, verdict)
                .filter(firing -> now.isAfter(firing.deadline()))
                .isPresent();
        return tooLate ? toResidual(taken, Decision.LATE, "decided after the ejector's deadline") : verdict;
    }

    private static Optional<Firing> firing(TakenFrame taken, Verdict verdict) {
        Frame frame = taken.frame();
        return taken.line().belt().firing(verdict.lane(), frame.cameraId(), frame.capturedAt(), frame.encoder());
    }

    private static Verdict toResidual(TakenFrame taken, Decision decision, String reason) {
        return new Verdict(decision, taken.line().belt().residualLane(), reason);
    }

    private RoutingEvent event(
            TakenFrame taken,
            PlanEdition plan,
            Verdict verdict,
            @Nullable Judgement judgement,
            @Nullable Recognised recognised,
            Instant now,
            long started) {
        Frame frame = taken.frame();
        @Nullable Firing firing = firing(taken, verdict).orElse(null);
        return new RoutingEvent(
                taken.line().id(),
                frame.item(),
                List.of(frame.id()),
                verdict.decision(),
                judgement == null ? null : judgement.label(),
                judgement == null ? null : judgement.fraction(),
                verdict.lane(),
                firing == null ? null : firing.ejector().number(),
                judgement == null ? null : rounded(judgement.confidence()),
                judgement == null ? null : rounded(judgement.gap()),
                recognised == null
                        ? Map.of()
                        : rounded(recognised.classification().byLabel()),
                frame.capturedAt(),
                now,
                firing == null ? null : firing.fireAt(),
                firing == null ? null : firing.deadline(),
                firing == null ? null : firing.fireAtEncoder(),
                model,
                plan.name(),
                plan.edition(),
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
