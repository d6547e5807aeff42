// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.onnx;

import java.io.Serial;

/** A network does something that is not written in another format here: it stays in the one that it has. */
public final class UnknownOperationException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /** @param message in the part of a sentence that follows "the network" */
    public UnknownOperationException(String message) {
        super(message);
    }
}
