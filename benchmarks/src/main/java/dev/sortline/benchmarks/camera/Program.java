// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.camera;

import dev.sortline.benchmarks.line.BenchFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A program of this machine that runs until it is closed, and goes with this JVM. */
final class Program implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Path said;
    private final Thread hook;

    private Program(String name, Process process, Path said) {
        this.name = name;
        this.process = process;
        this.said = said;
        hook = new Thread(process::destroyForcibly, "stop-" + name);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Where a program is in the search path; empty when it is not installed. */
    static Optional<Path> find(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts it.
     *
     * @param folder where what it says goes
     */
    static Program start(String name, Path folder, List<String> command) throws IOException {
        Path said = Files.createTempFile(folder, name, ".log");
        return new Program(
                name,
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start(),
                said);
    }

    /** What it has said so far. */
    String log() throws IOException {
        return Files.readString(said);
    }

    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new BenchFailure("%s has ended with exit code %d: %s"
                    .formatted(name, process.exitValue(), log().strip().replaceAll("(?s).*\n", "")));
        }
    }

    /** The processors' time that it has used so far. */
    Duration processorTime() {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new BenchFailure("this system does not tell the processors' time of " + name));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // This JVM is ending: the hook does it.
        }
    }
}
