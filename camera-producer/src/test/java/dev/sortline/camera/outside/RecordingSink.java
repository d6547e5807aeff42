// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside;

import dev.sortline.camera.trigger.CallOutcome;
import dev.sortline.camera.trigger.OutsideCall;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Remembers what comes, and answers each call at once. */
public final class RecordingSink implements CallSink {
    /** Its pictures are all of this moment. */
    public static final Instant CAPTURED_AT = Instant.parse("2026-03-01T10:00:00.250Z");

    /** Goes down when the connection is there. */
    public final CountDownLatch opened = new CountDownLatch(1);

    /** The calls in their order. */
    public final List<OutsideCall> calls = new CopyOnWriteArrayList<>();

    /** What could not be read. */
    public final List<String> unreadable = new CopyOnWriteArrayList<>();

    private volatile CallOutcome.Fate fate = CallOutcome.Fate.TAKEN;

    /** What becomes of calls from now on. */
    public void answer(CallOutcome.Fate next) {
        fate = next;
    }

    @Override
    public void opened() {
        opened.countDown();
    }

    @Override
    public CompletableFuture<CallOutcome> call(OutsideCall call) {
        calls.add(call);
        return CompletableFuture.completedFuture(new CallOutcome(fate, call.itemId(), CAPTURED_AT, "so it is"));
    }

    @Override
    public void unreadable(String line) {
        unreadable.add(line);
    }
}
