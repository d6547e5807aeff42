// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trouble;

/** Finds what a failure began with: libraries wrap it, and what they say of it themselves helps nobody. */
public final class RootCause {
    private RootCause() {}

    /** The failure at the end of the chain of causes; the failure itself where it has none. */
    public static Throwable of(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
