// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.rtsp;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A camera that speaks just enough RTSP, and whatever is wrong with it. Serves any number of connections, one after another. */
final class RtspStub implements AutoCloseable {
    static final String H264 = "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
            + "a=fmtp:96 packetization-mode=1\r\na=control:track1\r\n";

    private final ServerSocket server;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    /** What it answers. */
    interface Camera {
        /** The head of an answer to a request, "200 OK" for what is expected; null for none at all. */
        default @Nullable String status(String method, boolean authorized) {
            return "200 OK";
        }

        /** What it says that it gives. */
        default String describe() {
            return H264;
        }

        /** Sends pictures; the connection ends when it returns. */
        default void play(Rtp rtp) throws IOException, InterruptedException {}
    }

    RtspStub(Camera camera) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var thread = new Thread(() -> serve(camera), "rtsp-stub");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "rtsp://127.0.0.1:%d/stream".formatted(server.getLocalPort());
    }

    private void serve(Camera camera) {
        while (!server.isClosed()) {
            try (Socket connection = server.accept()) {
                connections.add(connection);
                answer(camera, connection);
            } catch (IOException | InterruptedException e) {
                // The client or the test has gone.
            }
        }
    }

    private static void answer(Camera camera, Socket connection) throws IOException, InterruptedException {
        var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
        OutputStream out = connection.getOutputStream();
        @Nullable String first = in.readLine();
        while (first != null) {
            String sequence = "0";
            boolean authorized = false;
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                sequence = line.startsWith("CSeq:") ? line.substring(5).strip() : sequence;
                authorized |= line.startsWith("Authorization:");
            }
            String method = first.split(" ", -1)[0];
            @Nullable String status = camera.status(method, authorized);
            if (status != null) {
                String body = method.equals("DESCRIBE") && status.startsWith("200")
                        ? "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=stub\r\nt=0 0\r\n" + camera.describe()
                        : "";
                String head = "RTSP/1.0 %s\r\nCSeq: %s\r\nSession: 1\r\n%sContent-Length: %d\r\n\r\n"
                        .formatted(status, sequence, extra(method, status), body.length());
                out.write((head + body).getBytes(StandardCharsets.ISO_8859_1));
                if (method.equals("PLAY")) {
                    camera.play(new Rtp(out));
                    return;
                }
            }
            first = in.readLine();
        }
    }

    private static String extra(String method, String status) {
        if (status.startsWith("401")) {
            return "WWW-Authenticate: Basic realm=\"stub\"\r\n";
        }
        return switch (method) {
            case "SETUP" -> "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n";
            case "DESCRIBE" -> "Content-Type: application/sdp\r\n";
            case "OPTIONS" -> "Public: DESCRIBE, SETUP, PLAY, TEARDOWN\r\n";
            default -> "";
        };
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    /** Sends pictures in packets between the bytes of the connection. */
    static final class Rtp {
        private static final int MOST_BYTES = 400;
        private static final long NTP_EPOCH_SECONDS = 2_208_988_800L;

        private final OutputStream out;
        private int sequence = 1_000;

        private Rtp(OutputStream out) {
            this.out = out;
        }

        /** A picture of H.264, its units each after a start code. */
        void send(byte[] picture, long time) throws IOException {
            List<byte[]> units = units(picture);
            for (int i = 0; i < units.size(); i++) {
                sendUnit(units.get(i), time, i == units.size() - 1);
            }
        }

        /** Packets that the next ones come after, but that never come. */
        void lose(int packets) {
            sequence += packets;
        }

        /** Says what time of day it was at a time of the stream. */
        void report(Instant at, long time) throws IOException {
            long fraction = ((long) at.getNano() << 32) / 1_000_000_000;
            byte[] report = ByteBuffer.allocate(28)
                    .put((byte) 0x80)
                    .put((byte) 200)
                    .putShort((short) 6)
                    .putInt(7)
                    .putInt((int) (at.getEpochSecond() + NTP_EPOCH_SECONDS))
                    .putInt((int) fraction)
                    .putInt((int) time)
                    .putInt(0)
                    .putInt(0)
                    .array();
            interleave(1, report);
        }

        private void sendUnit(byte[] unit, long time, boolean last) throws IOException {
            if (unit.length <= MOST_BYTES) {
                packet(unit, time, last);
                return;
            }
            for (int at = 1; at < unit.length; at += MOST_BYTES) {
                int length = Math.min(MOST_BYTES, unit.length - at);
                boolean end = at + length == unit.length;
                byte[] part = new byte[2 + length];
                part[0] = (byte) ((unit[0] & 0xE0) | 28);
                part[1] = (byte) ((unit[0] & 0x1F) | (at == 1 ? 0x80 : 0) | (end ? 0x40 : 0));
                System.arraycopy(unit, at, part, 2, length);
                packet(part, time, last && end);
            }
        }

        private void packet(byte[] payload, long time, boolean last) throws IOException {
            ByteBuffer packet = ByteBuffer.allocate(12 + payload.length)
                    .put((byte) 0x80)
                    .put((byte) (96 | (last ? 0x80 : 0)))
                    .putShort((short) sequence++)
                    .putInt((int) time)
                    .putInt(7)
                    .put(payload);
            interleave(0, packet.array());
        }

        private void interleave(int channel, byte[] bytes) throws IOException {
            var framed = new ByteArrayOutputStream();
            framed.write('$');
            framed.write(channel);
            framed.write(bytes.length >> 8);
            framed.write(bytes.length);
            framed.writeBytes(bytes);
            out.write(framed.toByteArray());
        }

        private static List<byte[]> units(byte[] picture) {
            List<byte[]> units = new CopyOnWriteArrayList<>();
            int begin = -1;
            for (int at = 0; at + 2 < picture.length; at++) {
                if (picture[at] == 0 && picture[at + 1] == 0 && picture[at + 2] == 1) {
                    add(units, picture, begin, at > 0 && picture[at - 1] == 0 ? at - 1 : at);
                    begin = at + 3;
                }
            }
            add(units, picture, begin, picture.length);
            return units;
        }

        private static void add(List<byte[]> units, byte[] picture, int begin, int end) {
            if (begin >= 0) {
                byte[] unit = new byte[end - begin];
                System.arraycopy(picture, begin, unit, 0, unit.length);
                units.add(unit);
            }
        }
    }
}
