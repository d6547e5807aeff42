// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.item;

import dev.sortline.contract.Decision;
import dev.sortline.sorting.BeltGeometry.Firing;
import dev.sortline.sorting.Judgement;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.SortingPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * When the vote on an item is over: at its last expected frame, as soon as it is sure, or at the latest moment that still makes the deadline.
 *
 * @param line the item's line
 * @param vote the vote as it stands
 */
public record VoteEnd(Line line, ItemVote vote) {
    /** So sure must a vote be that does not wait for the frames to come; measured, see docs/decisions/0020. */
    public static final double SURE = 0.95;

    /** On a belt without ejectors no deadline ends a vote; no item is in view for longer than this. */
    private static final Duration WITHOUT_EJECTORS = Duration.ofSeconds(10);

    /** Whether no further frame is waited for. */
    public boolean isReached() {
        return vote.ballots().size() >= line.framesPerItem()
                || sorted().filter(judgement -> judgement.confidence() >= SURE).isPresent();
    }

    /**
     * When the decision must be made at the latest. An item that the plan would sort now has until the deadline of its ejector. One that it
     * would not has nothing to lose by waiting for more frames, until the deadline of the last ejector.
     */
    public Instant latest() {
        return sorted().flatMap(judgement -> firing(judgement.routing().lane()))
                .map(Firing::deadline)
                .orElseGet(this::lastDeadline);
    }

    private Instant lastDeadline() {
        return line.belt().ejectors().keySet().stream()
                .flatMap(lane -> firing(lane).stream())
                .map(Firing::deadline)
                .max(Comparator.naturalOrder())
                .orElseGet(() -> vote.position().capturedAt().plus(WITHOUT_EJECTORS));
    }

    /** The judgement, where the plan would sort the item as the vote stands. */
    private Optional<Judgement> sorted() {
        return vote.label()
                .filter(label -> !label.equals(SortingPlan.EMPTY_BELT))
                .map(label -> line.plan()
                        .edition()
                        .plan()
                        .judge(vote.byLabel(), vote.familiarity(), line.belt().residualLane()))
                .filter(judgement -> judgement.routing().decision() == Decision.SORT);
    }

    private Optional<Firing> firing(String lane) {
        Ballot seen = vote.position();
        return line.belt().firing(lane, seen.cameraId(), seen.capturedAt(), null);
    }
}
