// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.folder;

import java.io.IOException;
import java.nio.file.Path;

/** Somebody watches the folder already. The message says in one line which and what to do. */
public final class FolderInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    FolderInUseException(Path folder) {
        super(
                "folder '%s' is watched already: two would publish its pictures twice; stop the other, or give each a folder of its own"
                        .formatted(folder));
    }
}
