// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.web;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who has signed in, by an id that nobody can guess. Kept in memory alone: a restart signs everybody out. At most {@value #MOST}, of which
 * the oldest makes room. Safe for use by several threads.
 */
final class Sessions {
    /** A shift, and some hours over. */
    static final Duration LIFETIME = Duration.ofHours(12);

    static final int MOST = 1000;
    private static final int ID_BYTES = 32;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> sessions = new LinkedHashMap<>();

    Sessions(InstantSource clock) {
        this.clock = clock;
    }

    private record Session(Role role, Instant end) {}

    /** Begins one and gives its id. */
    synchronized String begin(Role role) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        sessions.values().removeIf(session -> !session.end().isAfter(now));
        if (sessions.size() >= MOST) {
            sessions.remove(sessions.keySet().iterator().next());
        }
        sessions.put(id, new Session(role, now.plus(LIFETIME)));
        return id;
    }

    /** What whoever has this id may do; empty when it is none, or over. */
    synchronized Optional<Role> role(String id) {
        Session session = sessions.get(id);
        if (session == null || !session.end().isAfter(clock.instant())) {
            return Optional.empty();
        }
        return Optional.of(session.role());
    }

    synchronized void end(String id) {
        sessions.remove(id);
    }
}
