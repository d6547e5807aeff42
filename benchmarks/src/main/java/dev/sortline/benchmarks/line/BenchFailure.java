// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.line;

import org.jspecify.annotations.Nullable;

/** A measurement cannot go on. The message is one line: what, where, what to do. */
public final class BenchFailure extends RuntimeException {
    /** @param message one line: what, where, what to do */
    public BenchFailure(String message) {
        super(message);
    }

    /** As above, with what brought it to light. */
    public BenchFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
