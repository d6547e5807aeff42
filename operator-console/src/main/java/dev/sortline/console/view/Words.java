// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.view;

import dev.sortline.trouble.OneLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bounds of texts whose length the contract leaves open: names of labels, lanes, plans and models, and lines for a person. */
final class Words {
    /** Longest name. */
    static final int MOST_CHARACTERS = 100;

    private static final int MOST_CHARACTERS_OF_A_LINE = 300;
    private static final int MOST_LINES = 16;

    private Words() {}

    static String cut(String name) {
        return name.length() <= MOST_CHARACTERS ? name : OneLine.of(name, MOST_CHARACTERS);
    }

    static @Nullable String cutIfAny(@Nullable String name) {
        return name == null ? null : cut(name);
    }

    static List<String> cutLines(List<String> lines) {
        return lines.stream()
                .limit(MOST_LINES)
                .map(line -> OneLine.of(line, MOST_CHARACTERS_OF_A_LINE))
                .toList();
    }
}
