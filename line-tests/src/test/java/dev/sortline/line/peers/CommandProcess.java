// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import dev.sortline.loopback.JavaProcess;
import dev.sortline.loopback.LoopbackPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A long-running {@code sortline} command in a process of its own. */
public class CommandProcess extends JavaProcess {
    private static final String AS_THE_SCRIPT_HAS_IT = "-XX:TieredStopAtLevel=1";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    // A frozen process takes connections and never answers.
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    private final int port;

    /** @param lineFile all of it but {@code http} */
    CommandProcess(String command, List<String> options, String lineFile, Path folder) throws IOException {
        this(command, options, lineFile, folder, Map.of());
    }

    CommandProcess(String command, List<String> options, String lineFile, Path folder, Map<String, String> environment)
            throws IOException {
        this(command, options, lineFile, folder, environment, LoopbackPort.free());
    }

    private CommandProcess(
            String command,
            List<String> options,
            String lineFile,
            Path folder,
            Map<String, String> environment,
            int port)
            throws IOException {
        super(
                command + "-" + port,
                folder,
                Stream.concat(Stream.of(AS_THE_SCRIPT_HAS_IT), options.stream()).toList(),
                "dev.sortline.cli.Main",
                List.of(
                        command,
                        "--config",
                        Files.writeString(
                                        folder.resolve("line-" + port + ".yaml"),
                                        lineFile + "http: { port: %d }%n".formatted(port))
                                .toString()),
                environment);
        this.port = port;
    }

    /** Where it serves health and metrics, on loopback. */
    public final int port() {
        return port;
    }

    public final boolean ready() {
        return get("/health/ready").startsWith("200");
    }

    /** The status and the body of an answer; empty while nobody answers. */
    public final String get(String path) {
        try {
            var answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                            .timeout(ANSWER_WITHIN)
                            .build(),
                    BodyHandlers.ofString());
            return answer.statusCode() + "\n" + answer.body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
