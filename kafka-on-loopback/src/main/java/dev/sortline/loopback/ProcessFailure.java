// SPDX-License-Identifier: Apache-2.0
package dev.sortline.loopback;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A process that did not start, has ended by itself, or does not answer or end. The message is one line: which, and the last that it said. */
public final class ProcessFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    ProcessFailure(String message) {
        this(message, null);
    }

    ProcessFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
