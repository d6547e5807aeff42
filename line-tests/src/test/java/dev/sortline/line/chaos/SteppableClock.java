// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The wall clock of one process, which can be set while it runs: libfaketime stands before the system's. Its monotonic clock goes on. */
final class SteppableClock {
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final String OF_DEBIAN = "faketime/libfaketimeMT.so.1";

    private final Path library;
    private final Path offset;

    private SteppableClock(Path library, Path offset) {
        this.library = library;
        this.offset = offset;
    }

    /**
     * One that is right; empty where libfaketime is missing.
     *
     * @param file tells the process how far its clock is off; a name beside it is used too
     */
    static Optional<SteppableClock> toldBy(Path file) throws IOException {
        if (!Files.isDirectory(LIBRARIES)) {
            return Optional.empty();
        }
        Optional<Path> library;
        try (var folders = Files.list(LIBRARIES)) {
            library = folders.map(folder -> folder.resolve(OF_DEBIAN))
                    .filter(Files::exists)
                    .findFirst();
        }
        if (library.isEmpty()) {
            return Optional.empty();
        }
        var clock = new SteppableClock(library.get(), file);
        clock.step(Duration.ZERO);
        return Optional.of(clock);
    }

    /** What the process is started with. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", offset.toString(),
                // In seconds: so often it looks.
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                // With it a thread that waits by the monotonic clock would not wait at all.
                "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    /** Is off by so much from within a second on. */
    void step(Duration off) throws IOException {
        Path whole = offset.resolveSibling(offset.getFileName() + ".new");
        Files.writeString(whole, String.format(Locale.ROOT, "%+.3f%n", off.toMillis() / 1_000.0));
        Files.move(whole, offset, StandardCopyOption.ATOMIC_MOVE);
        System.out.printf("%s %s: its clock is off by %d ms%n", Instant.now(), offset.getFileName(), off.toMillis());
    }
}
