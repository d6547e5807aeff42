// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.runtime;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The process's standard error, which native code writes to past {@link System#err}. */
final class StandardError {
    private static final int FILE = 2;
    private static final int MOST_AT_ONCE = 4096;
    private static final long END_WITHIN_MILLIS = 1_000;

    private StandardError() {}

    private interface C extends Library {
        int dup(int file);

        int dup2(int from, int to);

        int pipe(int[] ends);

        int read(int file, byte[] bytes, int count);

        int write(int file, byte[] bytes, int count);

        int close(int file);
    }

    /**
     * Does some work; of what anybody in the process writes meanwhile, unwanted lines are left out. Where the system cannot do that, the work
     * is done all the same. One thread at a time.
     */
    static synchronized <T> T withoutLines(Predicate<String> unwanted, Supplier<T> work) {
        @Nullable C system = system();
        int[] ends = new int[2];
        if (system == null || system.pipe(ends) != 0) {
            return work.get();
        }
        int before = system.dup(FILE);
        var filter = new Thread(() -> pass(system, ends[0], before, unwanted), "standard-error");
        filter.setDaemon(true);
        filter.start();
        system.dup2(ends[1], FILE);
        system.close(ends[1]);
        try {
            return work.get();
        } finally {
            // The last writing end goes with it, so that the filter comes to its end.
            system.dup2(before, FILE);
            awaitEnd(filter);
            system.close(before);
            system.close(ends[0]);
        }
    }

    private static @Nullable C system() {
        try {
            return Platform.isWindows() ? null : Native.load(Platform.C_LIBRARY_NAME, C.class);
        } catch (LinkageError e) {
            // JNA unpacks a library of its own, which a temporary folder may forbid.
            return null;
        }
    }

    private static void pass(C system, int from, int to, Predicate<String> unwanted) {
        var line = new ByteArrayOutputStream();
        byte[] some = new byte[MOST_AT_ONCE];
        for (int count = system.read(from, some, some.length);
                count > 0;
                count = system.read(from, some, some.length)) {
            for (int i = 0; i < count; i++) {
                line.write(some[i]);
                if (some[i] == '\n') {
                    pass(system, line, to, unwanted);
                }
            }
        }
        pass(system, line, to, unwanted);
    }

    private static void pass(C system, ByteArrayOutputStream line, int to, Predicate<String> unwanted) {
        byte[] bytes = line.toByteArray();
        line.reset();
        if (bytes.length > 0 && !unwanted.test(new String(bytes, StandardCharsets.UTF_8))) {
            system.write(to, bytes, bytes.length);
        }
    }

    private static void awaitEnd(Thread filter) {
        try {
            // Longer only where a process was started meanwhile and holds the other end.
            filter.join(END_WITHIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
