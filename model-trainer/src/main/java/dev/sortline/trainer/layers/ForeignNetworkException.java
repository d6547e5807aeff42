// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.layers;

import java.io.Serial;

/** A file of another tool cannot be taken over. The message is the part of a sentence that follows the file's name, in one line. */
public final class ForeignNetworkException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public ForeignNetworkException(String message) {
        super(message);
    }

    public ForeignNetworkException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What a layer is that nobody here knows. */
    public static ForeignNetworkException unknown(String kind, String name) {
        return new ForeignNetworkException("has a layer that is not known here: %s (%s)".formatted(kind, name));
    }
}
