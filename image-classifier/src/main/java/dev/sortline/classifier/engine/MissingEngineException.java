// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.engine;

import java.io.Serial;

/** An engine's library is not there, or cannot be loaded on this machine: others run the network. */
public final class MissingEngineException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /** @param reason in a line */
    public MissingEngineException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
