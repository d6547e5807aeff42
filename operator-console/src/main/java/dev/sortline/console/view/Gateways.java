// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.view;

import dev.sortline.contract.GatewayStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The gateways that were heard. One is silent after {@link #SILENT_AFTER}, and forgotten after {@link #FORGOTTEN_AFTER}. */
public final class Gateways {
    static final Duration SILENT_AFTER = Duration.ofSeconds(3);
    static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

    private static final int MOST = 64;

    private final Set<String> lines;
    private final Map<String, Heard> heard = new TreeMap<>();

    /** @param lines the lines that are shown; what gateways say of others is left out */
    public Gateways(Set<String> lines) {
        this.lines = Set.copyOf(lines);
    }

    /** A gateway tells how it does, heard at {@code now}. */
    public void heard(GatewayStatus status, Instant now) {
        forget(now);
        if (heard.size() < MOST || heard.containsKey(status.instance())) {
            var own = status.lines().stream().filter(lines::contains).distinct().toList();
            var bounded = new GatewayStatus(
                    status.instance(),
                    own,
                    status.dryRun(),
                    Words.cutLines(status.obstacles()),
                    Words.cutLines(status.warnings()),
                    status.sentAt());
            heard.put(status.instance(), new Heard(bounded, now));
        }
    }

    /** How they do, by name. */
    public List<GatewayState> states(Instant now) {
        forget(now);
        return heard.values().stream().map(each -> each.state(now)).toList();
    }

    private void forget(Instant now) {
        heard.values().removeIf(each -> each.at.plus(FORGOTTEN_AFTER).isBefore(now));
    }

    private record Heard(GatewayStatus status, Instant at) {
        GatewayState state(Instant now) {
            return new GatewayState(
                    status.instance(),
                    Presence.of(at, SILENT_AFTER, now),
                    status.dryRun(),
                    status.lines(),
                    status.obstacles(),
                    status.warnings());
        }
    }
}
