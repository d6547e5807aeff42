// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.onnx;

import java.io.Serial;

/** A network does something that is not written as ONNX here: TensorFlow alone runs it. */
final class UnknownOperationException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    UnknownOperationException(String message) {
        super(message);
    }
}
