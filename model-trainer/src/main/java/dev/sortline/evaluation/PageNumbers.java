// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation;

import java.util.Locale;

/** Numbers as the evaluation's page writes them. */
final class PageNumbers {
    private PageNumbers() {}

    /** A share of 0..1 in per cent, with one digit after the point. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    /** Three digits after the point. */
    static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** One digit after the point where it is not zero. */
    static String trimmed(double value) {
        return String.format(Locale.ROOT, "%.1f", value).replaceFirst("\\.0$", "");
    }
}
