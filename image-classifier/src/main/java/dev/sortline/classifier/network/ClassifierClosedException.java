// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.network;

import java.io.Serial;

/** The classifier was closed before it could answer: the picture is as good as before, and is still to be classified. */
public final class ClassifierClosedException extends IllegalStateException {
    @Serial
    private static final long serialVersionUID = 1;

    public ClassifierClosedException() {
        super("the classifier is closed");
    }
}
