// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.view;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a line's ejectors do with a sorted item at this moment. */
public enum EjectorState {
    /** They act. */
    FIRE,
    /** Their gateway only shows what it would do. */
    DRY_RUN,
    /** No gateway speaks for the line. */
    SILENT,
    /** Their gateway has a reason not to act, or nobody decides the line. */
    BLOCKED,
    /** The line has none. */
    NONE;

    /** As the page knows it: {@code dry-run}. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
