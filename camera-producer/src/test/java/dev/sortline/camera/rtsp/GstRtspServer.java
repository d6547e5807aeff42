// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.rtsp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** GStreamer's RTSP server in a process of its own; see rtsp_server.py. */
final class GstRtspServer implements AutoCloseable {
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    private final Process process;
    private final int port;
    private final Set<String> codecs;

    private GstRtspServer(Process process, int port, Set<String> codecs) {
        this.process = process;
        this.port = port;
        this.codecs = codecs;
    }

    /** Whether this machine has it. */
    static boolean isInstalled() {
        if (!Files.isExecutable(PYTHON)) {
            return false;
        }
        String imports =
                "import gi; gi.require_version('GstRtspServer', '1.0'); from gi.repository import GstRtspServer";
        try {
            Process python = new ProcessBuilder(PYTHON.toString(), "-c", imports)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return python.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Starts it and waits until it listens. */
    static GstRtspServer at(int port, String... userAndPassword) throws IOException, URISyntaxException {
        Path script = Path.of(Objects.requireNonNull(GstRtspServer.class.getResource("rtsp_server.py"))
                .toURI());
        List<String> command = new ArrayList<>(List.of(PYTHON.toString(), script.toString(), Integer.toString(port)));
        command.addAll(List.of(userAndPassword));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String ready = String.valueOf(said.readLine());
        if (!ready.startsWith("ready ")) {
            process.destroyForcibly();
            throw new IOException("the server said: " + ready);
        }
        return new GstRtspServer(process, port, Set.of(ready.split(" ", -1)));
    }

    boolean serves(String codec) {
        return codecs.contains(codec);
    }

    String url(String path) {
        return "rtsp://127.0.0.1:%d/%s".formatted(port, path);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
