// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's programs that watch the line, and their tools. */
public enum WatchingProgram {
    PROMETHEUS("/usr/bin/prometheus"),
    PROMTOOL("/usr/bin/promtool"),
    ALERTMANAGER("/usr/bin/prometheus-alertmanager"),
    AMTOOL("/usr/bin/amtool");

    private static final long ENDS_WITHIN_SECONDS = 120;

    private final Path program;

    WatchingProgram(String program) {
        this.program = Path.of(program);
    }

    /**
     * What a tool said.
     *
     * @param exitCode 0 where all is well
     * @param text output and errors
     */
    public record Answer(int exitCode, String text) {}

    /** Whether all of them are installed. */
    public static boolean areThere() {
        return Arrays.stream(values()).allMatch(each -> Files.isExecutable(each.program));
    }

    /** Runs a tool to its end. */
    public Answer run(Path folder, String... arguments) throws IOException, InterruptedException {
        Path said = Files.createTempFile(folder, program.getFileName().toString(), ".log");
        Process process = start(said, List.of(arguments));
        if (!process.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("%s does not end: %s".formatted(program, Files.readString(said)));
        }
        return new Answer(process.exitValue(), Files.readString(said));
    }

    /**
     * Starts it.
     *
     * @param log where it writes
     */
    Process start(Path log, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }
}
