// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera;

/** Live cameras cannot be started as they are described. The message says in one line what is wrong and what to do. */
public final class CannotFilmException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotFilmException(String message, Throwable cause) {
        super(message, cause);
    }
}
