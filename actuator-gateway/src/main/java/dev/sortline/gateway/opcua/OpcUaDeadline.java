// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for answers, all of them together no longer than was set. */
final class OpcUaDeadline {
    private final Duration within;
    private final long endNanos;

    private OpcUaDeadline(Duration within) {
        this.within = within;
        endNanos = System.nanoTime() + within.toNanos();
    }

    /** Time begins now. */
    static OpcUaDeadline within(Duration time) {
        return new OpcUaDeadline(time);
    }

    /** The time that is left, at least 1 ms. */
    Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, endNanos - System.nanoTime()));
    }

    /**
     * The answer.
     *
     * @throws IOException when it is a refusal, or does not come in time; one line without the controller's name
     */
    <T> T await(CompletableFuture<T> coming) throws IOException, InterruptedException {
        try {
            return coming.get(left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IOException(OpcUaStatus.of(e), e);
        } catch (TimeoutException e) {
            throw new IOException("no answer within %d ms".formatted(within.toMillis()), e);
        }
    }
}
