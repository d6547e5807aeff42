// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The chart, and the programs that look at it where they are installed. */
final class HelmChart {
    static final Path FOLDER = Path.of("..", "deploy", "helm", "sortline");
    static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder().build());

    private HelmChart() {}

    /** Where a program is: on the path, or where {@code go install} puts it. */
    static Optional<Path> program(String name) {
        var folders = Stream.concat(
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                        .map(Path::of),
                Stream.of(Path.of(System.getProperty("user.home"), "go", "bin"), Path.of("/usr/local/go/bin")));
        return folders.map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The chart's values files for tests, by name. */
    static List<Path> valuesFiles() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("ci"))) {
            return files.sorted().toList();
        }
    }

    /** What {@code helm template} makes of a values file: one text. */
    static Said rendered(Path values, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "template",
                "plant",
                FOLDER.toString(),
                "--namespace=sorting",
                "--kube-version=1.31.0",
                "--values=" + values));
        words.addAll(List.of(more));
        return helm(words.toArray(String[]::new));
    }

    /** Its objects. */
    static List<JsonNode> objects(Path values, String... more) throws IOException {
        Said said = rendered(values, more);
        if (said.exitCode() != 0) {
            throw new IOException(said.text());
        }
        try (var read = YAML.readerFor(JsonNode.class).<JsonNode>readValues(said.text())) {
            return read.readAll().stream().filter(node -> node.isObject()).toList();
        }
    }

    static Said helm(String... words) throws IOException {
        return run(program("helm").orElseThrow(), "", words);
    }

    /** Runs a program on a text, both streams together. */
    static Said run(Path program, String input, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(words));
        Path text = Files.createTempFile("input", ".txt");
        try {
            Files.writeString(text, input);
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(text.toFile())
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode =
                    process.onExit().orTimeout(120, TimeUnit.SECONDS).join().exitValue();
            return new Said(exitCode, said);
        } finally {
            Files.deleteIfExists(text);
        }
    }

    /** What a program said and how it ended. */
    record Said(int exitCode, String text) {}
}
