// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A peer in a process of its own, by what it tells on its standard output. What the libraries of our own scripts print beside
 * that is noise.
 */
public final class Peer implements AutoCloseable {
    private static final Path SOURCES = Path.of("src/test/peers").toAbsolutePath();
    private static final Path FOLDER = Path.of("target/peers").toAbsolutePath();

    /** Begins each line that a script of src/test/peers tells. */
    private static final String MARK = "peer> ";

    private static final String CANNOT_FETCH = "npm cannot fetch the peers' packages, see " + FOLDER.resolve("npm.log");

    private static boolean cannotFetch;

    private final Process process;
    private final String mark;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> noise = new CopyOnWriteArrayList<>();

    private Peer(Process process, String mark) {
        this.process = process;
        this.mark = mark;
        var reader = new Thread(this::read, "peer");
        reader.setDaemon(true);
        reader.start();
    }

    /** Runs a script of src/test/peers with the packages that its lock file names. The test is skipped where npm is not. */
    public static Peer node(String script, Object... arguments) throws IOException, InterruptedException {
        install();
        var command = new ArrayList<>(
                List.of(installed("node"), SOURCES.resolve(script).toString()));
        for (Object argument : arguments) {
            command.add(String.valueOf(argument));
        }
        return start(command, MARK);
    }

    /** Runs a program of the system. The test is skipped where it is not. */
    public static Peer program(List<String> command) throws IOException {
        var found = new ArrayList<>(command);
        found.set(0, installed(command.get(0)));
        return start(found, "");
    }

    private static Peer start(List<String> command, String mark) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("NODE_PATH", FOLDER.resolve("node_modules").toString());
        return new Peer(builder.start(), mark);
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    public void awaitLine(String start) {
        await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> assertThat(lines)
                .as(() -> "what the peer tells, beside " + noise)
                .anySatisfy(line -> assertThat(line).startsWith(start)));
    }

    public void awaitLineWith(String part) {
        await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> assertThat(lines())
                .anySatisfy(line -> assertThat(line).contains(part)));
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(mark)) {
                    lines.add(line.substring(mark.length()));
                } else {
                    noise.add(line);
                }
            }
        } catch (IOException e) {
            // It was ended.
        }
    }

    /** In one of the JVMs that tests run in after the other. */
    private static synchronized void install() throws IOException, InterruptedException {
        String npm = installed("npm");
        Files.createDirectories(FOLDER);
        try (var channel =
                        FileChannel.open(FOLDER.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var alone = channel.lock()) {
            install(npm);
        }
    }

    private static void install(String npm) throws IOException, InterruptedException {
        Path lock = FOLDER.resolve("package-lock.json");
        if (Files.exists(FOLDER.resolve("node_modules/.package-lock.json"))
                && Files.mismatch(lock, SOURCES.resolve(lock.getFileName())) < 0) {
            return;
        }
        Assumptions.assumeFalse(cannotFetch, CANNOT_FETCH);
        for (String file : List.of("package.json", "package-lock.json", ".npmrc")) {
            Files.write(FOLDER.resolve(file), Files.readAllBytes(SOURCES.resolve(file)));
        }
        var fetching = new ProcessBuilder(npm, "ci", "--ignore-scripts")
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("npm.log").toFile())
                .start();
        cannotFetch = !fetching.waitFor(3, TimeUnit.MINUTES) || fetching.exitValue() != 0;
        fetching.destroyForcibly();
        Assumptions.assumeFalse(cannotFetch, CANNOT_FETCH);
    }

    /** Where the program is; the test is skipped where it is not. */
    private static String installed(String program) {
        // A daemon's folder is not on everybody's path.
        var folders = (System.getenv("PATH") + File.pathSeparator + "/usr/sbin").split(File.pathSeparator);
        var found = Stream.of(folders)
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(found.isPresent(), () -> program + " is not installed");
        return found.orElseThrow().toString();
    }
}
