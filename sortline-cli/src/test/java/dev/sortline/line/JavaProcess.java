// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the class path in a process of its own, so that it can be killed and frozen. */
class JavaProcess implements AutoCloseable {
    private final Process process;
    private final Path log;

    /**
     * Starts it.
     *
     * @param log gets what it prints
     * @param options for the JVM
     */
    JavaProcess(Path log, List<String> options, String mainClass, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(arguments));
        this.log = log;
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    final boolean alive() {
        return process.isAlive();
    }

    /** As {@code kill -9} does. */
    final void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As an orchestrator does: SIGTERM, then the exit code. */
    final int stop() throws InterruptedException {
        process.destroy();
        return awaitEnd();
    }

    /** The exit code of a process that ends by itself. */
    final int awaitEnd() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("did not end within 30 s");
        }
        return process.exitValue();
    }

    /** As a machine does that has no memory or no processor for it: nothing moves in it, and its connections stay. */
    final void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** It goes on as if no time had passed. */
    final void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    final String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private void signal(String name) throws IOException, InterruptedException {
        // Each shell has a kill of its own; the program is not on every machine.
        var kill = new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(name, process.pid()))
                .inheritIO()
                .start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("kill -" + name + " failed");
        }
    }
}
