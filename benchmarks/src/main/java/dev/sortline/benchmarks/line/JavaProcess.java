// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.line;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A JVM of its own with the class path of this one. What it says lies in two files; it is killed when it is closed.
 *
 * <p>Safe for use by any thread.
 */
final class JavaProcess implements AutoCloseable {
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(25);
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
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
    private final long startedNanos;

    private JavaProcess(String name, Process process, Path output, Path errors, long startedNanos) {
        this.name = name;
        this.process = process;
        this.output = output;
        this.errors = errors;
        this.startedNanos = startedNanos;
    }

    /** The options that this JVM was given, without those of debuggers: what the start script gives to every command. */
    static List<String> ownOptions() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X") || option.startsWith("-D"))
                .toList();
    }

    /**
     * Starts one.
     *
     * @param name what it is called in messages, and its files
     * @param folder where its files go
     */
    static JavaProcess start(String name, Path folder, List<String> options, String mainClass, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(mainClass);
        command.addAll(arguments);
        Path output = folder.resolve(name + ".out");
        Path errors = folder.resolve(name + ".err");
        var builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().putIfAbsent("TF_CPP_MIN_LOG_LEVEL", "2");
        long started = System.nanoTime();
        try {
            Process process = builder.start();
            RUNNING.add(process);
            var unused = process.onExit().thenRun(() -> RUNNING.remove(process));
            return new JavaProcess(name, process, output, errors, started);
        } catch (IOException e) {
            throw new BenchFailure("cannot start %s: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** {@link System#nanoTime} when it was started. */
    long startedNanos() {
        return startedNanos;
    }

    /** @throws BenchFailure when it has ended, with the last that it said */
    void requireAlive() {
        if (!process.isAlive()) {
            throw ended();
        }
    }

    /**
     * Waits for its end and gives its standard output.
     *
     * @throws BenchFailure when it fails or takes longer
     */
    String outputAtEnd(Duration within) throws InterruptedException {
        if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new BenchFailure("%s has not ended within %d s".formatted(name, within.toSeconds()));
        }
        if (process.exitValue() != 0) {
            throw ended();
        }
        return text(output);
    }

    /** Resident memory in bytes. */
    long residentBytes() {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        try {
            var resident = RESIDENT.matcher(Files.readString(status));
            if (resident.find()) {
                return Long.parseLong(resident.group(1)) * KILO;
            }
        } catch (NoSuchFileException e) {
            requireAlive();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new BenchFailure("resident memory is read from %s: measure on Linux".formatted(status));
    }

    /** As an orchestrator ends it: SIGTERM, and after a while by force. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            close();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private BenchFailure ended() {
        // Indented are the places of a stack trace.
        List<String> said = text(errors)
                .lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .toList();
        return new BenchFailure("%s has ended with exit code %d: %s"
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
