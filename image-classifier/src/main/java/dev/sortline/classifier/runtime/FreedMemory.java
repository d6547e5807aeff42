// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.runtime;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * Native memory that was freed. The C library of Linux keeps it for its next use, in a pool for each few threads, so a process that opens
 * and closes models comes to hold several times what it uses, and is ended for it where its memory is limited.
 */
public final class FreedMemory {
    private FreedMemory() {}

    private interface Glibc extends Library {
        int malloc_trim(long keptAtTheTop);
    }

    /** Gives what is freed back to the system, in some ten milliseconds; does nothing where the system does not have that. */
    public static void giveBack() {
        if (Platform.isLinux()) {
            try {
                int unused = Native.load(Platform.C_LIBRARY_NAME, Glibc.class).malloc_trim(0);
            } catch (LinkageError e) {
                // Another C library than glibc, or JNA cannot unpack a library of its own: memory is kept for the next
                // use.
                return;
            }
        }
    }
}
