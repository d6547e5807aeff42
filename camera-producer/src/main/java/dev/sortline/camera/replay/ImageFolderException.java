// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.replay;

import java.nio.file.Path;

/** A folder cannot be replayed. The message says in one line what is wrong, where, and what to do. */
public final class ImageFolderException extends RuntimeException {
    ImageFolderException(Path folder, String problem, String remedy) {
        super(message(folder, problem, remedy));
    }

    ImageFolderException(Path folder, String problem, String remedy, Throwable cause) {
        super(message(folder, problem, remedy), cause);
    }

    private static String message(Path folder, String problem, String remedy) {
        return "folder '%s' %s: %s".formatted(folder, problem, remedy);
    }
}
