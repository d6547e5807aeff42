// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.web;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import io.javalin.security.RouteRole;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets each request through that may pass: by the role of its route, and of whoever sends it. Safe for use by several threads. */
public final class Gate {
    private final Passwords passwords;
    private final Sessions sessions;
    private final String cookie;
    private final boolean secure;

    /**
     * @param clock says when sessions are over
     * @param secure whether HTTPS is spoken: then the cookie is for nothing else
     */
    public Gate(Passwords passwords, InstantSource clock, boolean secure) {
        this.passwords = passwords;
        this.sessions = new Sessions(clock);
        this.secure = secure;
        this.cookie = secure ? "__Host-sortline" : "sortline";
    }

    /** What whoever sends a request may do. */
    public Role roleOf(Context request) {
        Role without = passwords.withoutOne();
        Role signedIn = session(request).flatMap(sessions::role).orElse(without);
        return signedIn.compareTo(without) > 0 ? signedIn : without;
    }

    /** Tells apart who sends requests: by the session, and without one by the address. */
    public String visitor(Context request) {
        return session(request)
                .filter(id -> sessions.role(id).isPresent())
                .map(id -> "session " + id)
                .orElseGet(() -> "address " + request.ip());
    }

    Passwords passwords() {
        return passwords;
    }

    void beginSession(Context request, Role role) {
        session(request).ifPresent(sessions::end);
        setCookie(request, sessions.begin(role), (int) Sessions.LIFETIME.toSeconds());
    }

    void endSession(Context request) {
        session(request).ifPresent(sessions::end);
        setCookie(request, "", 0);
    }

    /** Stops what may not pass. */
    void check(Context request) {
        Role needed = roleOf(request.routeRoles());
        Role role = roleOf(request);
        if (role.compareTo(needed) >= 0) {
            return;
        }
        if (role == Role.ANYONE) {
            throw Refusal.NOT_SIGNED_IN.because("Sign in first.");
        }
        throw Refusal.NOT_ALLOWED.because("Only operators may do that.");
    }

    /** The one role of a route. */
    static Role roleOf(Set<? extends RouteRole> roles) {
        if (roles.size() == 1 && roles.iterator().next() instanceof Role role) {
            return role;
        }
        throw new IllegalStateException("a route has roles " + roles + ": it needs exactly one");
    }

    private Optional<String> session(Context request) {
        @Nullable String id = request.cookie(cookie);
        return Optional.ofNullable(id).filter(text -> !text.isEmpty());
    }

    private void setCookie(Context request, String value, int maxAgeSeconds) {
        request.cookie(new Cookie(cookie, value, "/", maxAgeSeconds, secure, true, null, SameSite.STRICT));
    }
}
