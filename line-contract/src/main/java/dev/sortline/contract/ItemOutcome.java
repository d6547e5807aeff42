// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What became of a routing event at the ejectors: the event {@value #TYPE}, one for each routing event that a gateway gave its fate.
 *
 * @param lineId the sorting line; the Kafka key
 * @param itemId the item
 * @param instance the gateway
 * @param fate what became of it, in a word of lower case letters and {@code _}: {@code fired}, {@code residual}, {@code undelivered} and so
 *     on; there may be more of them some day
 * @param ejector the ejector that was to act, at least 0; absent when none was
 * @param settledAt when, by the gateway's clock, in the years 0 to 9999
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ItemOutcome(
        String lineId, String itemId, String instance, String fate, @Nullable Integer ejector, Instant settledAt) {
    /** CloudEvents type of an outcome. */
    public static final String TYPE = "dev.sortline.item.settled.v1";

    private static final Pattern WORD = Pattern.compile("[a-z_]{1,40}");

    public ItemOutcome {
        Identifiers.check("lineId", lineId);
        Identifiers.checkItem(itemId);
        Identifiers.check("instance", instance);
        Objects.requireNonNull(fate, "fate is missing");
        if (!WORD.matcher(fate).matches()) {
            throw new IllegalArgumentException("fate is '" + fate + "': must be a word of lower case letters and '_'");
        }
        if (ejector != null && ejector < 0) {
            throw new IllegalArgumentException("ejector is " + ejector + ": must be at least 0");
        }
        Rfc3339.check("settledAt", settledAt);
    }

    /** The same for a repeat by the same gateway. */
    public String id() {
        return lineId + "/" + itemId + "/" + instance;
    }
}
