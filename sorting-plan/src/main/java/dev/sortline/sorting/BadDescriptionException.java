// SPDX-License-Identifier: Apache-2.0
package dev.sortline.sorting;

import java.util.List;

/** The description of a belt, a plan or a line makes no sense. The message is one line; the path tells where in it. */
public final class BadDescriptionException extends IllegalArgumentException {
    private final List<String> path;

    /** @param path keys, and indices of list elements, from the described thing down to what is wrong */
    public BadDescriptionException(List<String> path, String problem) {
        super(problem);
        this.path = List.copyOf(path);
    }

    /** Keys, and indices of list elements, from the described thing down to what is wrong. */
    public List<String> path() {
        return path;
    }
}
