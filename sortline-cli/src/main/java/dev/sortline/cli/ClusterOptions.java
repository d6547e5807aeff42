// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.linefile.LineFile;
import dev.sortline.process.ManagementServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where cameras are described and where their frames go. */
final class ClusterOptions {
    @Option(
            names = "--config",
            paramLabel = "line.yaml",
            description = "The line file, for Kafka's client properties, the lines and their cameras.")
    private @Nullable Path config;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "Where Kafka is (default: that of --config, else localhost:9092).")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description = "Serve health and metrics here (default: nowhere).")
    private @Nullable Integer httpPort;

    @Option(
            names = "--http-address",
            paramLabel = "HOST",
            description =
                    "The address that they are served on (default: SORTLINE_HTTP_ADDRESS, else this machine's own alone).")
    private @Nullable String httpAddress;

    @Option(names = "--no-create-topics", description = "Leave the topics to an administrator: create none.")
    private boolean noCreateTopics;

    /**
     * The line file, if one is named.
     *
     * @throws dev.sortline.process.CommandFailure telling the first mistake in it
     */
    Optional<LineFile> lineFile() {
        return Optional.ofNullable(config).map(LineFile::load);
    }

    /** Properties of Kafka's clients: those of the line file, and where Kafka is. */
    Map<String, Object> kafka(Optional<LineFile> file) {
        var kafka = new HashMap<String, Object>(file.map(LineFile::kafka).orElse(Map.of()));
        if (bootstrapServers != null) {
            kafka.put("bootstrap.servers", bootstrapServers);
        }
        kafka.putIfAbsent("bootstrap.servers", "localhost:9092");
        return kafka;
    }

    /** Where health and metrics are served: the line file's port is the classifier's, which often runs on the same machine. */
    @Nullable Integer httpPort() {
        return httpPort;
    }

    /** The address on which they are served. */
    String httpAddress() {
        String address = httpAddress == null ? System.getenv("SORTLINE_HTTP_ADDRESS") : httpAddress;
        return address == null || address.isBlank() ? ManagementServer.LOOPBACK : address;
    }

    /** Whether topics that are missing are created. */
    boolean createsTopics() {
        return !noCreateTopics;
    }
}
