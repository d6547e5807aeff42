// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a person said of a reviewed item: the event {@value #TYPE}. Its topic is compacted by item, {@link #key()}: the last word counts, and
 * a record without a value takes it back.
 *
 * @param lineId the sorting line
 * @param itemId the item
 * @param said what was said
 * @param label the right label; only with {@link Said#LABEL}
 * @param saidBy who said it: a role or a name
 * @param saidAt when, in the years 0 to 9999
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ItemLabel(
        String lineId, String itemId, Said said, @Nullable String label, String saidBy, Instant saidAt) {
    /** CloudEvents type of a label. */
    public static final String TYPE = "dev.sortline.item.labelled.v1";

    /** What a person can say of an item's picture. */
    public enum Said {
        /** It shows one item, of this label. */
        LABEL,
        /** It shows two items or more. */
        SEVERAL_ITEMS,
        /** It shows none. */
        NOTHING
    }

    public ItemLabel {
        Identifiers.check("lineId", lineId);
        Identifiers.checkItem(itemId);
        Objects.requireNonNull(said, "said is missing");
        Objects.requireNonNull(saidBy, "saidBy is missing");
        if ((said == Said.LABEL) != (label != null)) {
            throw new IllegalArgumentException(
                    "label is " + label + ": there is one with LABEL alone, and this is " + said);
        }
        if (label != null) {
            Identifiers.check("label", label);
        }
        Rfc3339.check("saidAt", saidAt);
    }

    /** The key of an item's label. */
    public static String key(String lineId, String itemId) {
        return lineId + "/" + itemId;
    }

    /** The key of its record. */
    public String key() {
        return key(lineId, itemId);
    }

    /** Tells it from what was said of the item before. */
    public String id() {
        return key() + "/" + saidAt.toEpochMilli();
    }
}
