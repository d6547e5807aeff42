// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.item;

import dev.sortline.contract.Decision;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.sorting.BeltGeometry.Firing;
import dev.sortline.sorting.Judgement;
import dev.sortline.sorting.Judgement.Routing;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.PlanEdition;
import dev.sortline.sorting.SortingPlan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Turns what the frames of an item say into its routing event. Knows the plan, the belt and the time, no Kafka. */
public final class ItemDecision {
    private final Function<String, RoutingEvent.Model> models;
    private final InstantSource clock;
    private final LongSupplier nanoTime;

    /**
     * @param models the model in force by the line's id; it is told where no frame of an item was looked at
     * @param nanoTime a clock that only ever goes forward, in nanoseconds
     */
    public ItemDecision(Function<String, RoutingEvent.Model> models, InstantSource clock, LongSupplier nanoTime) {
        this.models = models;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** The event of an item on a line; none when what its frames show is an empty belt. */
    public Optional<RoutingEvent> decide(Line line, ItemVote vote) {
        long started = nanoTime.getAsLong();
        Optional<String> label = vote.label();
        if (label.filter(SortingPlan.EMPTY_BELT::equals).isPresent()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        // Asked for once, so that one edition judges and is told, whatever is put in force meanwhile.
        PlanEdition plan = line.plan().edition();
        if (label.isEmpty()) {
            return Optional.of(event(line, vote, plan, unclassified(line, vote), null, now, started));
        }
        Judgement judgement = plan.plan()
                .judge(vote.byLabel(), vote.familiarity(), line.belt().residualLane());
        var routing = inTime(line, vote, judgement.routing(), now);
        return Optional.of(event(line, vote, plan, routing, judgement, now, started));
    }

    private static Routing unclassified(Line line, ItemVote vote) {
        return vote.problem()
                .map(problem -> toResidual(line, Decision.UNREADABLE, problem))
                .orElseGet(() -> toResidual(line, Decision.LATE, "too old to be decided in time"));
    }

    private static Routing inTime(Line line, ItemVote vote, Routing routing, Instant now) {
        boolean tooLate = firing(line, vote, routing)
                .filter(firing -> now.isAfter(firing.deadline()))
                .isPresent();
        return tooLate ? toResidual(line, Decision.LATE, "decided after the ejector's deadline") : routing;
    }

    private static Optional<Firing> firing(Line line, ItemVote vote, Routing routing) {
        Ballot seen = vote.position();
        return line.belt().firing(routing.lane(), seen.cameraId(), seen.capturedAt(), seen.encoder());
    }

    private static Routing toResidual(Line line, Decision decision, String reason) {
        return new Routing(decision, line.belt().residualLane(), reason);
    }

    private RoutingEvent event(
            Line line,
            ItemVote vote,
            PlanEdition plan,
            Routing routing,
            @Nullable Judgement judgement,
            Instant now,
            long started) {
        @Nullable Firing firing = firing(line, vote, routing).orElse(null);
        return new RoutingEvent(
                line.id(),
                vote.itemId(),
                vote.frameIds(),
                routing.decision(),
                judgement == null ? null : judgement.label(),
                judgement == null ? null : judgement.fraction(),
                routing.lane(),
                firing == null ? null : firing.ejector().number(),
                judgement == null ? null : SixDigits.of(judgement.confidence()),
                judgement == null ? null : SixDigits.of(judgement.gap()),
                SixDigits.of(vote.familiarity()),
                SixDigits.of(vote.byLabel()),
                vote.capturedAt(),
                now,
                firing == null ? null : firing.fireAt(),
                firing == null ? null : firing.deadline(),
                firing == null ? null : firing.fireAtEncoder(),
                vote.model().orElseGet(() -> models.apply(line.id())),
                plan.name(),
                plan.edition(),
                routing.reason(),
                vote.truth(),
                vote.micros(TimeUnit.NANOSECONDS.toMicros(nanoTime.getAsLong() - started)));
    }
}
