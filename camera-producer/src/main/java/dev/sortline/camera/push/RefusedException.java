// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.push;

import java.io.Serial;

/** Ends a request with a {@link Refusal}. */
final class RefusedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Refusal refusal;

    RefusedException(Refusal refusal, String detail) {
        // No stack trace: others decide how often it is thrown.
        super(detail, null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
