// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.genicam;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Aravis' own fake of a GigE Vision camera: Mono8, 512 x 512, 25 frames a second, at 127.0.0.1. There is one at a time. */
final class FakeGigeCamera implements AutoCloseable {
    static final String ADDRESS = "127.0.0.1";
    private static final Path PROGRAM = Path.of("/usr/bin/arv-fake-gv-camera-0.8");

    private final Process process;

    FakeGigeCamera() throws IOException {
        process = new ProcessBuilder(PROGRAM.toString(), "-i", ADDRESS)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /** As if its plug were pulled. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
