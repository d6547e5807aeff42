// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.firing;

import java.util.Locale;

/** What is wrong with a record that nothing can be made of. */
public enum RecordFlaw {
    /** It is no CloudEvent of the type that belongs here. */
    ENVELOPE,
    /** Its value is not what the type promises. */
    DATA,
    /** Its key is not its line: it may lie where another gateway looks for it. */
    KEY,
    /** Dealing with it failed in a way that nobody foresaw. */
    FAILED;

    /** As it stands in metrics and log: {@code envelope}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
