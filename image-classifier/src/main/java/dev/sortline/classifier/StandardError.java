// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** The process's standard error, which native code writes to past {@link System#err}. */
final class StandardError {
    private static final int STANDARD_ERROR = 2;

    private StandardError() {}

    private interface C extends Library {
        int dup(int file);

        int dup2(int from, int to);

        int pipe(int[] ends);

        int read(int file, byte[] bytes, int count);

        int close(int file);
    }

    /**
     * Does some short work and lets through only such lines of what anybody in the process writes meanwhile as are wanted, when the work is
     * done. Where the system cannot do that, the work is done all the same.
     *
     * @param work writes less than a pipe takes, 64 KiB on Linux
     */
    static void withoutLines(Predicate<String> unwanted, Runnable work) {
        C system;
        int[] ends = new int[2];
        try {
            system = Platform.isWindows() ? null : Native.load(Platform.C_LIBRARY_NAME, C.class);
        } catch (LinkageError e) {
            // JNA unpacks a library of its own, which a temporary folder may forbid.
            system = null;
        }
        if (system == null || system.pipe(ends) != 0) {
            work.run();
            return;
        }
        int before = system.dup(STANDARD_ERROR);
        system.dup2(ends[1], STANDARD_ERROR);
        system.close(ends[1]);
        try {
            work.run();
        } finally {
            // The last writing end goes with it, so that reading comes to an end.
            system.dup2(before, STANDARD_ERROR);
            system.close(before);
            String written = read(system, ends[0]);
            system.close(ends[0]);
            written.lines().filter(unwanted.negate()).forEach(System.err::println);
        }
    }

    private static String read(C system, int file) {
        var all = new ByteArrayOutputStream();
        byte[] some = new byte[4096];
        for (int count = system.read(file, some, some.length);
                count > 0;
                count = system.read(file, some, some.length)) {
            all.write(some, 0, count);
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
