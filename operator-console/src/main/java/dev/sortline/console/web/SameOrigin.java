// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.web;

import io.javalin.http.Context;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns away what another site's page sends through somebody's browser.
 *
 * <p>Without a password the network's address is all that protects, so there a request must call this machine by a name of its own: another
 * site's name that leads here is a trick. With passwords it does no harm, for a browser sends the session only to the name that it came from; so
 * a proxy may call this machine as it likes.
 */
final class SameOrigin {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final boolean onlyByOwnName;

    /** @param onlyByOwnName whether only names of this machine are taken */
    SameOrigin(boolean onlyByOwnName) {
        this.onlyByOwnName = onlyByOwnName;
    }

    /** Refuses what does not come from a page of ours. */
    void check(Context request) {
        String host = String.valueOf(request.header("Host"));
        if (onlyByOwnName && !THIS_MACHINE.contains(withoutPort(host))) {
            throw Refusal.BAD_REQUEST.because(421, "Call this machine localhost: it is served without a password.");
        }
        @Nullable String site = request.header("Sec-Fetch-Site");
        boolean ours = site == null || site.equals("same-origin") || site.equals("none");
        if (READING.contains(request.method().name())) {
            // A link from another page may lead to the page itself, not to what it reads.
            if (!ours && request.path().startsWith("/api/")) {
                throw elsewhere();
            }
            return;
        }
        if (!ours || (site == null && !isOrigin(request.header("Origin"), host))) {
            throw elsewhere();
        }
        if (!"1".equals(request.header("X-Sortline"))) {
            throw Refusal.NOT_ALLOWED.because("The header X-Sortline: 1 is missing.");
        }
    }

    /** Whether an origin is this host; clients that are no browser send none. */
    private static boolean isOrigin(@Nullable String origin, String host) {
        if (origin == null) {
            return true;
        }
        try {
            String authority = new URI(origin).getAuthority();
            return authority != null && authority.equalsIgnoreCase(host);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String withoutPort(String host) {
        return host.replaceFirst(":[0-9]+$", "").toLowerCase(Locale.ROOT);
    }

    private static RefusedException elsewhere() {
        return Refusal.NOT_ALLOWED.because("The request comes from a page of another site.");
    }
}
