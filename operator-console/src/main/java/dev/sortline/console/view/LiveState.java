// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What the live view shows at a time.
 *
 * @param at when
 * @param lines the lines, in their order
 * @param gateways the gateways, by name
 * @param cluster whether the cluster answers
 */
public record LiveState(
        Instant at, List<LineState> lines, List<GatewayState> gateways, @JsonProperty("kafka") Cluster cluster) {
    /** Whether the cluster answers. */
    public enum Cluster {
        /** It has answered lately. */
        REACHABLE,
        /** It does not answer. */
        AWAY;

        /** As the page knows it: {@code away}. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
