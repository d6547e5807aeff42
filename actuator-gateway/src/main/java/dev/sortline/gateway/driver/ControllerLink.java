// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import dev.sortline.trouble.OneLine;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a driver has its controller: not yet, up, lost and tried again after a while, or stopped for good. How long a while is
 * grows with each failure and begins anew only when the controller has taken something: some take a connection and then serve nobody.
 *
 * <p>Has no clock and does nothing by itself. The driver's thread changes it; any thread may ask {@link #isUp} and {@link #problem}.
 */
final class ControllerLink {
    private static final int MOST_CHARACTERS = 400;

    private final Backoff backoff = new Backoff();
    private volatile State state = new State(Phase.NOT_YET, "is not connected yet");

    private enum Phase {
        NOT_YET,
        UP,
        LOST,
        STOPPED
    }

    /** @param problem why the controller cannot be told anything; absent when it can */
    private record State(Phase phase, @Nullable String problem) {}

    boolean isUp() {
        return state.phase() == Phase.UP;
    }

    /** Why the controller cannot be told anything, in a line; empty when it can. */
    Optional<String> problem() {
        return Optional.ofNullable(state.problem());
    }

    /** The controller is reached. */
    void connected() {
        change(new State(Phase.UP, null));
    }

    /** The controller has taken something. */
    void served() {
        backoff.reset();
    }

    /**
     * The controller is lost, or was not reached.
     *
     * @param reason as the driver tells it; becomes one line of bounded length
     * @return how long to wait before it is tried again
     */
    Duration lost(@Nullable String reason) {
        Duration wait = backoff.afterFailure();
        change(new State(
                Phase.LOST, OneLine.of(reason, MOST_CHARACTERS) + "; trying again in " + wait.toMillis() + " ms"));
        return wait;
    }

    /** Nothing more is told, ever. */
    void stopped() {
        change(new State(Phase.STOPPED, "has stopped"));
    }

    private void change(State next) {
        if (state.phase() == Phase.STOPPED) {
            throw new IllegalStateException("the driver has stopped: it cannot become " + next.phase());
        }
        state = next;
    }
}
