// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.web;

import org.jspecify.annotations.Nullable;

/** The page cannot be served as it was asked for; the message is one line that says what to do. */
public final class CannotServeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotServeException(String message) {
        super(message);
    }

    CannotServeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
