// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Signing in and out. A wrong password is answered late, and only a few from one address are tried at all. */
final class SessionRoutes implements Routes {
    private static final int WRONG_AT_ONCE = 5;
    private static final Duration WRONG_EACH = Duration.ofSeconds(20);
    private static final long LATE_MILLIS = 500;

    private final Gate gate;
    private final AddressLimit wrongOnes = new AddressLimit(WRONG_AT_ONCE, WRONG_EACH);

    SessionRoutes(Gate gate) {
        this.gate = gate;
    }

    /** What the page knows of who looks at it. */
    private record Session(String role, boolean passwords, boolean canReview) {}

    /** What is sent to sign in. */
    private record SignIn(@Nullable String password) {}

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/session", request -> tell(request, gate.roleOf(request)), Role.ANYONE);
        routes.post("/api/session", this::signIn, Role.ANYONE);
        routes.delete("/api/session", this::signOut, Role.ANYONE);
    }

    private void signIn(Context request) {
        @Nullable String password = Json.body(request, SignIn.class).password();
        if (password == null) {
            throw Refusal.BAD_REQUEST.because("The password is missing.");
        }
        if (!gate.passwords().any()) {
            tell(request, gate.roleOf(request));
            return;
        }
        // Taken before it is looked at, so that many at the same time are no way around.
        wrongOnes.take(request.ip(), "Too many wrong passwords from this address.");
        Optional<Role> role = gate.passwords().roleOf(password);
        if (role.isPresent()) {
            wrongOnes.giveBack(request.ip());
            gate.beginSession(request, role.get());
            tell(request, role.get());
            return;
        }
        Executor late = CompletableFuture.delayedExecutor(LATE_MILLIS, TimeUnit.MILLISECONDS);
        request.future(() -> CompletableFuture.runAsync(
                () -> {
                    throw Refusal.WRONG_PASSWORD.because("The password is another one.");
                },
                late));
    }

    private void signOut(Context request) {
        gate.endSession(request);
        request.status(204);
    }

    private void tell(Context request, Role role) {
        request.json(new Session(
                role.name().toLowerCase(Locale.ROOT), gate.passwords().any(), role == Role.OPERATOR));
    }
}
