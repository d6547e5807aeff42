// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A camera on this machine that answers each request as it is told, byte for byte. */
public final class FakeCamera implements AutoCloseable {
    private final ServerSocket server;
    private final String scheme;
    private final Script script;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /** What is answered. */
    public interface Script {
        /** Writes an answer. What it throws ends the connection, as does {@link Request#close}. */
        void answer(Request request, OutputStream out) throws Exception;
    }

    /**
     * What was asked.
     *
     * @param headers by names in small letters
     */
    public record Request(String method, String target, Map<String, String> headers, Socket connection) {
        /** Ends the connection. */
        public void close() throws IOException {
            connection.close();
        }
    }

    private FakeCamera(ServerSocket server, String scheme, Script script) {
        this.server = server;
        this.scheme = scheme;
        this.script = script;
        start("camera", this::accept);
    }

    /** On a free port. */
    public static FakeCamera answering(Script script) throws IOException {
        return answering(0, script);
    }

    /** On a port of one's own, so that it may come back. */
    public static FakeCamera answering(int port, Script script) throws IOException {
        var server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        return new FakeCamera(server, "http", script);
    }

    /** Behind a socket that speaks TLS. */
    static FakeCamera answering(ServerSocket tls, Script script) {
        return new FakeCamera(tls, "https", script);
    }

    /** Answers once with a head and a body, and ends. */
    static FakeCamera answering(String head, byte[] body) throws IOException {
        return answering((request, out) -> {
            out.write(head(head));
            out.write(body);
            request.close();
        });
    }

    /** A head with its status line, as cameras write it. */
    public static byte[] head(String lines) {
        return (lines + "\r\n\r\n").replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Where it is. */
    public String url() {
        return scheme + "://127.0.0.1:" + server.getLocalPort() + "/video.mjpg";
    }

    /** What it was asked so far. */
    public List<Request> requests() {
        return requests;
    }

    /** How many came so far. */
    public int connections() {
        return connections.size();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket connection = server.accept();
            connections.add(connection);
            start("camera's connection", () -> serve(connection));
        }
    }

    private void serve(Socket connection) throws Exception {
        try (connection) {
            var in = new BufferedInputStream(connection.getInputStream());
            while (true) {
                String first = line(in);
                if (first.isEmpty()) {
                    return;
                }
                Map<String, String> headers = new HashMap<>();
                for (String line = line(in); !line.isEmpty(); line = line(in)) {
                    int colon = line.indexOf(':');
                    headers.put(
                            line.substring(0, colon).toLowerCase(Locale.ROOT),
                            line.substring(colon + 1).strip());
                }
                String[] words = first.split(" ", -1);
                var request = new Request(words[0], words[1], headers, connection);
                requests.add(request);
                script.answer(request, connection.getOutputStream());
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int value = in.read(); value >= 0 && value != '\n'; value = in.read()) {
            line.append((char) value);
        }
        return line.toString().strip();
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void start(String name, Work work) {
        var thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (Exception e) {
                        // The peer has gone, or the test is over.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }
}
