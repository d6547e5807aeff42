// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import dev.sortline.loopback.JavaProcess;
import dev.sortline.loopback.LoopbackPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code sortline produce} in a process of its own, for all cameras of a line file. */
public final class ProducerProcess extends JavaProcess {
    private final int port;

    private ProducerProcess(Path lineFile, Path folder, Map<String, String> environment, int port) throws IOException {
        super(
                "producer",
                folder,
                List.of("-XX:TieredStopAtLevel=1", "-Xmx128m"),
                "dev.sortline.cli.Main",
                List.of("produce", "--config", lineFile.toString(), "--http-port", String.valueOf(port)),
                environment);
        this.port = port;
    }

    /** Starts it with an environment of its own. */
    public static ProducerProcess start(String lineFile, Path folder, Map<String, String> environment)
            throws IOException {
        Path file = Files.writeString(folder.resolve("cameras.yaml"), lineFile);
        return new ProducerProcess(file, folder, environment, LoopbackPort.free());
    }

    /** Where it serves metrics, on loopback. */
    public int port() {
        return port;
    }
}
