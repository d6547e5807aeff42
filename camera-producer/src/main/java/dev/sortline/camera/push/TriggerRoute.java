// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.push;

import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.camera.trigger.CallOutcome;
import dev.sortline.camera.trigger.OutsideCall;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code POST /triggers/{line}/{camera}}: calls for a frame, answered when there is one or none has come. */
final class TriggerRoute {
    private static final int MOST_BYTES = 4 << 10;

    private final TriggerCall trigger;
    private final Bodies bodies;

    /** What is sent. */
    private record Called(@Nullable String itemId, @Nullable Long encoder, @Nullable String at) {
        private static final Called NOTHING = new Called(null, null, null);
    }

    /** What is answered. */
    private record Told(String fate, @Nullable String itemId, @Nullable String capturedAt, String detail) {}

    TriggerRoute(TriggerCall trigger, Bodies bodies) {
        this.trigger = trigger;
        this.bodies = bodies;
    }

    void handle(Context request) {
        OutsideCall call = call(bodies.atMost(request, MOST_BYTES));
        CompletableFuture<CallOutcome> outcome = called(request, call)
                .orElseThrow(() -> Refusal.NOT_FOUND.because(
                        "No camera of this line takes triggers from outside: is its trigger of that type?"));
        request.future(() -> outcome.thenAccept(told -> answer(request, told)));
    }

    private Optional<CompletableFuture<CallOutcome>> called(Context request, OutsideCall call) {
        try {
            return trigger.call(new LineCamera(request.pathParam("line"), request.pathParam("camera")), call);
        } catch (IllegalArgumentException e) {
            // No camera is called so.
            return Optional.empty();
        }
    }

    private static void answer(Context request, CallOutcome outcome) {
        int status =
                switch (outcome.fate()) {
                    case TAKEN, REPEATED -> 200;
                    case NO_FRAME -> 504;
                    case FULL -> 429;
                    case REFUSED -> 422;
                };
        if (outcome.fate() == CallOutcome.Fate.FULL) {
            request.header("Retry-After", "1");
        }
        Answers.tell(
                request,
                status,
                new Told(
                        outcome.fate().word(),
                        outcome.itemId(),
                        outcome.capturedAt() == null
                                ? null
                                : outcome.capturedAt().toString(),
                        outcome.line()));
    }

    private static OutsideCall call(byte[] body) {
        try {
            Called called = body.length == 0 ? Called.NOTHING : Answers.JSON.readValue(body, Called.class);
            if (called != null) {
                return new OutsideCall(
                        called.itemId(),
                        called.encoder(),
                        called.at() == null
                                ? null
                                : OffsetDateTime.parse(called.at()).toInstant());
            }
        } catch (IOException e) {
            // Told below, without what was sent.
        } catch (DateTimeException e) {
            throw Refusal.BAD_REQUEST.because("at must be as 2026-01-31T12:00:00.250Z.");
        } catch (IllegalArgumentException e) {
            throw Refusal.BAD_REQUEST.because(String.valueOf(e.getMessage()));
        }
        throw Refusal.BAD_REQUEST.because(
                "The body must be JSON with itemId, encoder and at, each of which may be missing.");
    }
}
