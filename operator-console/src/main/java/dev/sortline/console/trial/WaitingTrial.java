// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.trial;

import dev.sortline.contract.FrameAnswer;
import dev.sortline.contract.RoutingEvent;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What has been heard so far of a photo. Safe for use by several threads. */
final class WaitingTrial {
    /** Done when enough is known to answer; fails when nothing will be. */
    final CompletableFuture<WaitingTrial> heard = new CompletableFuture<>();

    /** Done when the second model has answered, or nobody waits for it any longer. */
    final CompletableFuture<@Nullable FrameAnswer> shadow = new CompletableFuture<>();

    final String id;
    final long beganNanos;
    private @Nullable RoutingEvent event;
    private @Nullable FrameAnswer answer;

    WaitingTrial(String id, long beganNanos) {
        this.id = id;
        this.beganNanos = beganNanos;
    }

    /** What the line decided of it. */
    synchronized @Nullable RoutingEvent event() {
        return event;
    }

    /** What the model said of it. */
    synchronized @Nullable FrameAnswer answer() {
        return answer;
    }

    /** An event says all: the model's answer is in it. Whether that is enough now. */
    synchronized boolean add(RoutingEvent heardEvent) {
        event = heardEvent;
        return true;
    }

    /** Of an empty belt there is no event to wait for. Whether that is enough now. */
    synchronized boolean add(FrameAnswer heardAnswer) {
        answer = heardAnswer;
        return PlanJudgement.isEmpty(heardAnswer.probabilities());
    }
}
