// SPDX-License-Identifier: Apache-2.0
package dev.sortline.sorting;

import dev.sortline.contract.Identifiers;
import java.util.regex.Pattern;

/**
 * A sorting plan as it stands in its file at a time.
 *
 * @param name the plan's name; 1 to 64 letters, digits, {@code .}, {@code _} or {@code -}
 * @param edition tells this state of the plan from others of the same name: the first 12 hex digits of the file's SHA-256
 * @param plan what it says
 */
public record PlanEdition(String name, String edition, SortingPlan plan) {
    private static final Pattern EDITION = Pattern.compile("[0-9a-f]{12}");

    public PlanEdition {
        Identifiers.check("the plan's name", name);
        if (!EDITION.matcher(edition).matches()) {
            throw new IllegalArgumentException("edition is '%s': must be 12 hex digits".formatted(edition));
        }
    }
}
