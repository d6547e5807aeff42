// SPDX-License-Identifier: Apache-2.0
package dev.sortline.loopback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A program as a process of its own, so that it can be killed and frozen. What it says lies in two files. None outlives this JVM.
 *
 * <p>Safe for use by any thread.
 */
public class LocalProcess implements AutoCloseable {
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(30);
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern MOST_RESIDENT = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final long KILO = 1024;

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        // None of them outlives this one, also when it is told to stop.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "stop-processes"));
    }

    private final String name;
    private final Process process;
    private final Path output;
    private final Path errors;
    private final long startedNanos = System.nanoTime();

    /**
     * Starts it.
     *
     * @param name what it is called in messages, and its files: {@code name.out} and {@code name.err}
     * @param folder where its files go
     * @param command the program and its arguments
     * @param environment is added to this JVM's
     * @throws ProcessFailure when it cannot be started
     */
    public LocalProcess(String name, Path folder, List<String> command, Map<String, String> environment) {
        this.name = name;
        output = folder.resolve(name + ".out");
        errors = folder.resolve(name + ".err");
        var builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        // As the start script has it.
        builder.environment().putIfAbsent("TF_CPP_MIN_LOG_LEVEL", "2");
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new ProcessFailure("cannot start %s: %s".formatted(name, e.getMessage()), e);
        }
        RUNNING.add(process);
        var unused = process.onExit().thenRun(() -> RUNNING.remove(process));
    }

    /** Its id on this machine. */
    public final long pid() {
        return process.pid();
    }

    /** {@link System#nanoTime} when it was started. */
    public final long startedNanos() {
        return startedNanos;
    }

    /** Whether it runs, be it frozen. */
    public final boolean alive() {
        return process.isAlive();
    }

    /**
     * Makes sure that it runs.
     *
     * @throws ProcessFailure when it has ended, with the last that it said
     */
    public final void requireAlive() {
        if (!alive()) {
            throw ended();
        }
    }

    /** The exit code of a process that ends by itself. Fails when it does not within 30 s. */
    public final int awaitEnd() throws InterruptedException {
        return awaitEnd(ENDS_WITHIN);
    }

    /**
     * Waits for its end and gives its standard output.
     *
     * @throws ProcessFailure when it fails or takes longer
     */
    public final String outputAtEnd(Duration within) throws InterruptedException {
        if (awaitEnd(within) != 0) {
            throw ended();
        }
        return text(output);
    }

    /** Ends it as an orchestrator does, by SIGTERM, and gives its exit code. Fails when it does not end within 30 s. */
    public final int stop() throws InterruptedException {
        process.destroy();
        return awaitEnd();
    }

    /** Ends it as {@code kill -9} does. */
    public final void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As a machine does that has no memory or no processor for it: nothing moves in it, and its connections stay. */
    public final void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** It goes on as if no time had passed. */
    public final void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    /** All that it has said so far: standard output, then standard error. */
    public final String log() {
        return text(output) + text(errors);
    }

    /** Resident memory in bytes; Linux only. */
    public final long residentBytes() {
        return statusBytes(RESIDENT);
    }

    /** The most resident memory in bytes since it began, or since {@link #forgetMostResident}; Linux only. */
    public final long mostResidentBytes() {
        return statusBytes(MOST_RESIDENT);
    }

    /** From now on {@link #mostResidentBytes} tells of later times alone. */
    public final void forgetMostResident() throws IOException {
        Files.writeString(Path.of("/proc", String.valueOf(pid()), "clear_refs"), "5");
    }

    private long statusBytes(Pattern figure) {
        Path status = Path.of("/proc", String.valueOf(pid()), "status");
        try {
            var bytes = figure.matcher(Files.readString(status));
            if (bytes.find()) {
                return Long.parseLong(bytes.group(1)) * KILO;
            }
        } catch (NoSuchFileException e) {
            requireAlive();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new ProcessFailure("resident memory is read from %s: measure on Linux".formatted(status));
    }

    /** The processors' time that it has used so far. */
    public final Duration processorTime() {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new ProcessFailure("this system does not tell the processors' time of " + name));
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int awaitEnd(Duration within) throws InterruptedException {
        if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new ProcessFailure("%s has not ended within %d s".formatted(name, within.toSeconds()));
        }
        return process.exitValue();
    }

    private void signal(String signal) throws IOException, InterruptedException {
        // Each shell has a kill of its own; the program is not on every machine.
        var kill = new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(signal, process.pid()))
                .inheritIO()
                .start();
        if (kill.waitFor() != 0) {
            throw new ProcessFailure("cannot send %s to %s".formatted(signal, name));
        }
    }

    private ProcessFailure ended() {
        // Indented are the places of a stack trace.
        List<String> said = text(errors)
                .lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .toList();
        return new ProcessFailure("%s has ended with exit code %d: %s"
                .formatted(name, process.exitValue(), said.isEmpty() ? "it said nothing" : said.get(said.size() - 1)));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
