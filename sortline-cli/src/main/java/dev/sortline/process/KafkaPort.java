// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Finds out what stands at an address where a broker should be, for Kafka's clients only say that their time ran out.
 *
 * <p>It asks as a client that wants to log in by a way that no broker has: any broker answers that before a login, and names the
 * ways that it has. Web servers are given the end of a request as well. An answer takes six waits at most.
 *
 * @param host name or address
 * @param port TCP port
 */
record KafkaPort(String host, int port) {
    private static final int SASL_HANDSHAKE = 17;
    private static final int CORRELATION = 0x536f7274;
    private static final String NO_MECHANISM = "NONE";
    private static final int UNSUPPORTED_MECHANISM = 33;
    private static final int START = 5;
    private static final int TLS_ALERT = 21;
    private static final int MOST_BYTES = 4 << 10;

    /** What stands there. */
    sealed interface Answer {}

    /** The name leads nowhere. */
    record UnknownHost() implements Answer {}

    /** The machine has nothing on that port. */
    record Refused() implements Answer {}

    /** Nothing comes back, not even a refusal. */
    record Silence() implements Answer {}

    /**
     * A broker.
     *
     * @param tls whether it speaks through TLS
     * @param logins the SASL mechanisms that it wants one of; empty when it wants none, or does not tell before it has seen a
     *     certificate
     */
    record Kafka(boolean tls, List<String> logins) implements Answer {}

    /** Something that speaks TLS, and maybe Kafka in it: it does not let strangers in. */
    record Tls() implements Answer {}

    /** A web server. */
    record Http() implements Answer {}

    /** Something that takes connections, and is none of these. */
    record Other() implements Answer {}

    /** What the name service knows of its host; empty when it is unknown. Waits for that service as long as it takes. */
    List<InetAddress> addresses() {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    /** @param wait how long each step may take */
    Answer ask(Duration wait) {
        int millis = Math.toIntExact(wait.toMillis());
        Answer plain;
        try (var socket = connected(millis)) {
            plain = asBroker(socket, false);
        } catch (UnknownHostException e) {
            return new UnknownHost();
        } catch (ConnectException e) {
            return new Refused();
        } catch (IOException e) {
            return new Silence();
        }
        return plain instanceof Other || plain instanceof Tls ? throughTls(millis, plain) : plain;
    }

    private Answer throughTls(int millis, Answer plain) {
        try (var socket = connected(millis);
                var tls = (SSLSocket) trustingAnyone().getSocketFactory().createSocket(socket, host, port, true)) {
            tls.startHandshake();
            return asBroker(tls, true) instanceof Kafka kafka ? kafka : new Tls();
        } catch (IOException | GeneralSecurityException e) {
            return plain;
        }
    }

    private Socket connected(int millis) throws IOException {
        var address = new InetSocketAddress(InetAddress.getByName(host), port);
        var socket = new Socket();
        try {
            socket.setSoTimeout(millis);
            socket.connect(address, millis);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Answer asBroker(Socket socket, boolean tls) {
        try {
            var request = new DataOutputStream(socket.getOutputStream());
            request.writeInt(12 + NO_MECHANISM.length());
            request.writeShort(SASL_HANDSHAKE);
            request.writeShort(1);
            request.writeInt(CORRELATION);
            request.writeShort(0);
            request.writeShort(NO_MECHANISM.length());
            request.writeBytes(NO_MECHANISM);
            request.flush();
            byte[] start = start(socket);
            if (start.length == START && start[0] == TLS_ALERT && start[1] == 3) {
                return new Tls();
            }
            if (new String(start, StandardCharsets.US_ASCII).equals("HTTP/")) {
                return new Http();
            }
            return start.length < START ? new Other() : broker(start, socket.getInputStream(), tls);
        } catch (IOException e) {
            return new Other();
        }
    }

    private static byte[] start(Socket socket) throws IOException {
        try {
            return socket.getInputStream().readNBytes(START);
        } catch (SocketTimeoutException e) {
            socket.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().readNBytes(START);
        }
    }

    private static Answer broker(byte[] start, InputStream rest, boolean tls) throws IOException {
        int size = ByteBuffer.wrap(start).getInt();
        if (size < 10 || size > MOST_BYTES) {
            return new Other();
        }
        byte[] answer = new byte[size];
        answer[0] = start[4];
        if (rest.readNBytes(answer, 1, size - 1) < size - 1) {
            return new Other();
        }
        var fields = new DataInputStream(new ByteArrayInputStream(answer));
        if (fields.readInt() != CORRELATION) {
            return new Other();
        }
        boolean wantsLogin = fields.readShort() == UNSUPPORTED_MECHANISM;
        List<String> mechanisms = new ArrayList<>();
        for (int left = fields.readInt(); left > 0; left--) {
            mechanisms.add(new String(fields.readNBytes(fields.readUnsignedShort()), StandardCharsets.UTF_8));
        }
        return new Kafka(tls, wantsLogin ? List.copyOf(mechanisms) : List.of());
    }

    /** Nothing secret is told to who is asked here. */
    private static SSLContext trustingAnyone() throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anyone()}, null);
        return context;
    }

    private static final class Anyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
