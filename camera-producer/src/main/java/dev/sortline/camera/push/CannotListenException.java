// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.push;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Pictures cannot be taken over HTTP as it was asked for; the message is one line that says what to do. */
public final class CannotListenException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    CannotListenException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
