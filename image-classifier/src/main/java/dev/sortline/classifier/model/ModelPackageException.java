// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.model;

/** A model package that cannot be used. The message is one line: which file, what is wrong with it, what to do. */
public final class ModelPackageException extends RuntimeException {
    private final String message;

    public ModelPackageException(String message) {
        super(message);
        this.message = message;
    }

    public ModelPackageException(String message, Throwable cause) {
        super(message, cause);
        this.message = message;
    }

    /** One line; never null. */
    @Override
    public String getMessage() {
        return message;
    }
}
