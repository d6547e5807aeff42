// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.camera;

import dev.sortline.benchmarks.line.BenchFailure;
import dev.sortline.loopback.LoopbackPort;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A camera that gives H.264 over RTSP, by GStreamer's server in a process of its own; see {@code rtsp_camera.py}. */
public final class RtspCamera implements AutoCloseable {
    private static final String SCRIPT = "rtsp_camera.py";
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    /** That of the system: those of others do not see its bindings. */
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    private final Program server;
    private final String url;

    private RtspCamera(Program server, String url) {
        this.server = server;
        this.url = url;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @return empty when this machine lacks what it needs
     */
    public static Optional<RtspCamera> start(Path folder, BeltFilm film, int framesPerSecond)
            throws IOException, InterruptedException {
        if (!Files.isExecutable(PYTHON)) {
            return Optional.empty();
        }
        Path script = folder.resolve(SCRIPT);
        try (InputStream text = Objects.requireNonNull(RtspCamera.class.getResourceAsStream(SCRIPT))) {
            Files.copy(text, script, StandardCopyOption.REPLACE_EXISTING);
        }
        int port = LoopbackPort.free();
        var camera = new RtspCamera(
                Program.start(
                        "rtsp",
                        folder,
                        List.of(
                                PYTHON.toString(),
                                script.toString(),
                                Integer.toString(port),
                                film.folder().toString(),
                                Integer.toString(film.pictures()),
                                Integer.toString(framesPerSecond))),
                "rtsp://127.0.0.1:%d/belt".formatted(port));
        try {
            if (camera.isReady()) {
                return Optional.of(camera);
            }
        } catch (InterruptedException | IOException | RuntimeException e) {
            camera.close();
            throw e;
        }
        camera.close();
        return Optional.empty();
    }

    private boolean isReady() throws IOException, InterruptedException {
        long began = System.nanoTime();
        while (true) {
            String said = server.log();
            if (said.contains("missing")) {
                return false;
            }
            if (said.contains("ready")) {
                return true;
            }
            server.requireAlive();
            if (System.nanoTime() - began > READY_WITHIN.toNanos()) {
                throw new BenchFailure(
                        "GStreamer's server is not ready within %d s".formatted(READY_WITHIN.toSeconds()));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Where its stream is. */
    public String url() {
        return url;
    }

    @Override
    public void close() {
        server.close();
    }
}
