// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import dev.sortline.benchmarks.line.BenchFailure;
import dev.sortline.loopback.JavaProcess;
import dev.sortline.loopback.LoopbackPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A network behind a socket: {@link NetworkServer} in a JVM of its own, asked over HTTP on loopback with pixels as they lie in memory. */
final class RemoteNetwork implements PeerNetwork {
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);
    private static final int ASK_EVERY_MILLIS = 20;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JavaProcess server;
    private final URI address;

    private RemoteNetwork(JavaProcess server, URI address) {
        this.server = server;
        this.address = address;
    }

    /**
     * Starts the server and waits until it serves.
     *
     * @param folder where what it says goes
     */
    static RemoteNetwork start(Path model, Path folder) throws IOException, InterruptedException {
        int port = LoopbackPort.free();
        var network = new RemoteNetwork(
                new JavaProcess(
                        "network-server",
                        folder,
                        JavaProcess.ownOptions(),
                        NetworkServer.class.getName(),
                        List.of(String.valueOf(port), model.toString())),
                URI.create("http://127.0.0.1:" + port + NetworkServer.PATH));
        try {
            network.awaitServing();
            return network;
        } catch (InterruptedException | RuntimeException e) {
            network.close();
            throw e;
        }
    }

    @Override
    public float[][] scores(FloatBuffer pixels, int pictures) throws IOException, InterruptedException {
        byte[] body = new byte[pixels.remaining() * Float.BYTES];
        ByteBuffer.wrap(body).order(ByteOrder.nativeOrder()).asFloatBuffer().put(pixels);
        var answer = http.send(
                HttpRequest.newBuilder(address)
                        .timeout(ANSWERS_WITHIN)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            server.requireAlive();
            throw new BenchFailure("the network's server answers with status %d".formatted(answer.statusCode()));
        }
        FloatBuffer scores =
                ByteBuffer.wrap(answer.body()).order(ByteOrder.nativeOrder()).asFloatBuffer();
        float[][] rows = new float[pictures][scores.remaining() / pictures];
        for (float[] row : rows) {
            scores.get(row);
        }
        return rows;
    }

    @Override
    public void close() {
        server.close();
    }

    private void awaitServing() throws InterruptedException {
        while (true) {
            server.requireAlive();
            try {
                var unused = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding());
                return;
            } catch (IOException e) {
                if (System.nanoTime() - server.startedNanos() > STARTS_WITHIN.toNanos()) {
                    throw new BenchFailure(
                            "the network's server does not serve within %d s".formatted(STARTS_WITHIN.toSeconds()), e);
                }
                TimeUnit.MILLISECONDS.sleep(ASK_EVERY_MILLIS);
            }
        }
    }
}
