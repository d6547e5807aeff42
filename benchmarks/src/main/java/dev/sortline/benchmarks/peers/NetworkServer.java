// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sortline.classifier.model.ModelPackage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/** Serves a model package's network by TensorFlow in float32 over HTTP on loopback, until it or who started it ends. */
public final class NetworkServer {
    /** Takes pixels by POST, float32 in the machine's order, and answers scores. */
    static final String PATH = "/predict";

    /** As many requests as are answered at the same time. */
    private static final int REQUESTS = 16;

    private NetworkServer() {}

    /** Arguments: port, model. */
    public static void main(String... args) throws IOException {
        ProcessHandle.current().parent().ifPresent(NetworkServer::endWith);
        // Else each answer waits for the client's acknowledgement of its head, 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        var network = new SavedModelNetwork(ModelPackage.load(Path.of(args[1])));
        var server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 0);
        server.setExecutor(Executors.newFixedThreadPool(REQUESTS));
        server.createContext(PATH, exchange -> answer(exchange, network));
        server.start();
    }

    private static void endWith(ProcessHandle starter) {
        var unused = starter.onExit().thenRun(() -> Runtime.getRuntime().halt(0));
    }

    private static void answer(HttpExchange exchange, SavedModelNetwork network) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("POST")) {
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            byte[] scores = network.answer(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, scores.length);
            exchange.getResponseBody().write(scores);
        }
    }
}
