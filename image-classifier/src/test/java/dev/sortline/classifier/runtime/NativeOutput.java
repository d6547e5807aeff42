// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.runtime;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Keeps what native code says of pictures that are damaged on purpose in {@value #FILE}: it writes past {@link System#err}. */
public final class NativeOutput implements LauncherSessionListener {
    private static final String FILE = "target/native-output.txt";
    private static final int STANDARD_ERROR = 2;
    /** To write, created where it is missing, emptied where it is not; as Linux numbers them. */
    private static final int WRITE_CREATE_EMPTY = 0x241;

    private static final int READABLE_BY_ALL = 0b110_100_100;

    private interface C extends Library {
        int open(String file, int flags, int mode);

        int dup2(int from, int to);
    }

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (Platform.isLinux()) {
            C system = Native.load(Platform.C_LIBRARY_NAME, C.class);
            int file = system.open(FILE, WRITE_CREATE_EMPTY, READABLE_BY_ALL);
            if (file >= 0) {
                system.dup2(file, STANDARD_ERROR);
            }
        }
    }
}
