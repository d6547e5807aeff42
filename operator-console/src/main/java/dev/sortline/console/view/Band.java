// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.view;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * A figure of a fraction that has left its band.
 *
 * @param kind which figure
 * @param fraction the fraction
 * @param now the figure of the last quarter of an hour, 0 to 1
 * @param least the band's lower limit, 0 to 1
 * @param most the band's upper limit, 0 to 1
 */
public record Band(Kind kind, String fraction, double now, double least, double most) {
    /** Which figure. */
    public enum Kind {
        /** The fraction's share of the classified items. */
        SHARE,
        /** The mean confidence of the fraction's items. */
        CONFIDENCE;

        /** As the page knows it: {@code share}. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
