// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.progress;

/**
 * Something that was given to the trainer cannot be used: a folder of images, a folder of weights or a place to write to. The message is
 * one line: what, where, what to do.
 */
public final class TrainingInputException extends RuntimeException {
    private final String message;

    /** @param message one line: what, where, what to do */
    public TrainingInputException(String message) {
        super(message);
        this.message = message;
    }

    /** As above, with what brought it to light. */
    public TrainingInputException(String message, Throwable cause) {
        super(message, cause);
        this.message = message;
    }

    /** One line; never null. */
    @Override
    public String getMessage() {
        return message;
    }
}
