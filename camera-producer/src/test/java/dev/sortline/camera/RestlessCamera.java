// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera;

import dev.sortline.camera.mjpeg.Parts;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A camera that misbehaves at random, and keeps books of what it gave. A picture or a defect that was written is certain to have been read when
 * the connection went on after it for a while or ended in order; of what was written shortly before it was cut nobody here can know.
 */
final class RestlessCamera implements AutoCloseable {
    /** What was written so long before a connection is cut has been read by then. */
    private static final long DOUBT = TimeUnit.SECONDS.toNanos(2);

    private static final int PAUSE_MILLIS = 200;
    private static final int LARGE_BYTES = 20 << 20;
    private static final int COMMENT_BYTES = 24;
    private static final byte[] LARGE = large();
    private static final byte[][] PICTURES = pictures();
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary="
            + Parts.BOUNDARY + "\r\nConnection: close\r\n\r\n";
    private static final String REFUSAL =
            "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"camera\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    /** What it does for a while. */
    enum Mood {
        WELL,
        STEPPING_CLOCK,
        HALF_A_PICTURE_THEN_SILENCE,
        HALF_A_PICTURE_THEN_THE_END,
        LARGE_PICTURE,
        NO_IMAGE,
        TRICKLE,
        TRICKLE_TOO_SLOW,
        ORDERLY_END,
        CUT,
        CUT_WITHIN_A_PICTURE,
        OFF,
        WRONG_PASSWORD
    }

    private final int camera;
    private final int port;
    private final SplittableRandom random;
    private final Thread thread;
    private final Map<Mood, Integer> moods = new EnumMap<>(Mood.class);
    private volatile boolean showing = true;
    private volatile boolean closed;
    private volatile ServerSocket server;
    private volatile Socket connection = new Socket();
    private long lockedUntil = System.nanoTime();

    private final Deque<Long> doubtful = new ArrayDeque<>();
    private final BitSet whole = new BitSet();
    private boolean writing;
    private long certain;
    private long unsure;
    private int number;

    RestlessCamera(int camera, int port, long seed) throws IOException {
        this.camera = camera;
        this.port = port;
        random = new SplittableRandom(seed);
        server = listen();
        thread = new Thread(this::serve, "restless " + camera);
        thread.setDaemon(true);
        thread.start();
    }

    /** What a picture says of itself. */
    record Mark(int camera, int number, long writtenMillis) {
        static Mark of(byte[] jpeg) {
            ByteBuffer comment = ByteBuffer.wrap(jpeg, 6, COMMENT_BYTES);
            return new Mark(comment.getInt(), comment.getInt(), comment.getLong());
        }
    }

    String url() {
        return "http://127.0.0.1:" + port + "/video";
    }

    /** Tells it to show nothing more. */
    void rest() {
        showing = false;
    }

    /** Returns when it shows nothing more. */
    void awaitRest() throws InterruptedException {
        thread.join();
    }

    /** How many pictures and defects were certainly read. After {@link #awaitRest}. */
    long certain() {
        return certain;
    }

    /** How many more may have been. After {@link #awaitRest}. */
    long unsure() {
        return unsure;
    }

    /** Whether a picture was written whole. After {@link #awaitRest}. */
    boolean wroteWhole(int number) {
        return whole.get(number);
    }

    Map<Mood, Integer> moods() {
        return moods;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        showing = false;
        server.close();
        connection.close();
    }

    private ServerSocket listen() throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        socket.setSoTimeout(PAUSE_MILLIS);
        return socket;
    }

    private void serve() {
        while (showing && !closed) {
            try (Socket accepted = server.accept()) {
                connection = accepted;
                answer(accepted);
                settle(0);
            } catch (SocketTimeoutException e) {
                // Nobody came.
            } catch (IOException e) {
                settle(DOUBT);
            } catch (InterruptedException e) {
                return;
            }
        }
        try {
            server.close();
        } catch (IOException e) {
            // It is gone.
        }
    }

    /** What was written within this time before now may not have been read. */
    private void settle(long doubt) {
        long now = System.nanoTime();
        if (writing) {
            writing = false;
            unsure++;
        }
        while (!doubtful.isEmpty()) {
            if (now - doubtful.removeFirst() >= doubt) {
                certain++;
            } else {
                unsure++;
            }
        }
    }

    private void gave() {
        writing = false;
        long now = System.nanoTime();
        doubtful.addLast(now);
        while (now - doubtful.getFirst() > DOUBT) {
            doubtful.removeFirst();
            certain++;
        }
    }

    /** Returns when the peer has read all there was, and throws when nobody knows. */
    private void answer(Socket socket) throws IOException, InterruptedException {
        var in = new BufferedInputStream(socket.getInputStream());
        var out = socket.getOutputStream();
        if (!skipHead(in)) {
            return;
        }
        if (System.nanoTime() - lockedUntil < 0) {
            out.write(bytes(REFUSAL));
            awaitEnd(socket, in);
            return;
        }
        out.write(bytes(ANSWER));
        for (int pictures = 0; pictures < 3; pictures++) {
            picture(out, "");
        }
        while (showing) {
            Mood mood = mood();
            moods.merge(mood, 1, Integer::sum);
            if (!isStill(mood, socket, in, out)) {
                return;
            }
        }
        awaitEnd(socket, in);
    }

    private Mood mood() {
        // Well for most of the time.
        return random.nextInt(3) > 0
                ? (random.nextInt(4) > 0 ? Mood.WELL : Mood.STEPPING_CLOCK)
                : Mood.values()[random.nextInt(Mood.values().length)];
    }

    /** Whether the connection goes on after it. */
    private boolean isStill(Mood mood, Socket socket, InputStream in, OutputStream out)
            throws IOException, InterruptedException {
        switch (mood) {
            case WELL -> {
                for (int pictures = 5 + random.nextInt(30); pictures > 0 && showing; pictures--) {
                    picture(out, "");
                }
            }
            case STEPPING_CLOCK -> {
                for (int pictures = 5 + random.nextInt(10); pictures > 0 && showing; pictures--) {
                    long seconds = System.currentTimeMillis() / 1000 + (random.nextInt(3) - 1) * 3600L;
                    picture(out, "X-Timestamp: " + seconds + ".000\r\n");
                }
            }
            case HALF_A_PICTURE_THEN_SILENCE -> {
                half(out);
                gave();
                awaitEnd(socket, in);
                return false;
            }
            case HALF_A_PICTURE_THEN_THE_END -> {
                half(out);
                gave();
                end(socket, in);
                return false;
            }
            case LARGE_PICTURE -> {
                out.write(head("image/jpeg", ""));
                out.write(LARGE);
                out.write(bytes("\r\n"));
                gave();
                picture(out, "");
            }
            case NO_IMAGE -> {
                out.write(head("text/plain", ""));
                out.write(bytes("the lens is cold\r\n"));
                gave();
                picture(out, "");
            }
            case TRICKLE -> slowly(out, 10, 20);
            case TRICKLE_TOO_SLOW -> {
                byte[] picture = marked(++number);
                out.write(head("image/jpeg", ""));
                gave();
                try {
                    for (byte value : picture) {
                        out.write(value);
                        TimeUnit.MILLISECONDS.sleep(20);
                    }
                } catch (IOException e) {
                    // The peer has had enough of it, and has counted it, and what was before it.
                    return false;
                }
                throw new IOException("the peer was more patient than it should be");
            }
            case ORDERLY_END -> {
                end(socket, in);
                return false;
            }
            case CUT -> throw cut(socket);
            case CUT_WITHIN_A_PICTURE -> {
                half(out);
                gave();
                throw cut(socket);
            }
            case OFF -> {
                server.close();
                try {
                    end(socket, in);
                    settle(0);
                    TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(2_500));
                } finally {
                    server = listen();
                }
                return false;
            }
            case WRONG_PASSWORD -> {
                lockedUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500 + random.nextInt(2_500));
                end(socket, in);
                return false;
            }
        }
        return true;
    }

    private static IOException cut(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
        return new IOException("cut");
    }

    private static void end(Socket socket, InputStream in) throws IOException {
        socket.shutdownOutput();
        awaitEnd(socket, in);
    }

    /** The peer has read all when it ends the connection, which it does for the end or for silence. */
    private static void awaitEnd(Socket socket, InputStream in) throws IOException {
        socket.setSoTimeout(20_000);
        try {
            while (in.read() >= 0) {
                // It has nothing to say.
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (SocketException e) {
            // So it ends what it gives up.
        }
    }

    private void picture(OutputStream out, String stamp) throws IOException, InterruptedException {
        number++;
        out.write(head("image/jpeg", stamp));
        out.write(marked(number));
        out.write(bytes("\r\n"));
        whole.set(number);
        gave();
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }

    private void slowly(OutputStream out, int pieces, int pauseMillis) throws IOException, InterruptedException {
        byte[] picture = marked(++number);
        out.write(head("image/jpeg", ""));
        for (int piece = 0; piece < pieces; piece++) {
            int from = picture.length * piece / pieces;
            out.write(picture, from, picture.length * (piece + 1) / pieces - from);
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
        }
        out.write(bytes("\r\n"));
        whole.set(number);
        gave();
    }

    private void half(OutputStream out) throws IOException {
        byte[] picture = marked(++number);
        out.write(head("image/jpeg", ""));
        out.write(picture, 0, picture.length / 2);
    }

    /** With a comment that says which it is. */
    private byte[] marked(int which) {
        byte[] jpeg = PICTURES[which % PICTURES.length];
        var marked = ByteBuffer.allocate(jpeg.length + 4 + COMMENT_BYTES);
        marked.put(jpeg, 0, 2);
        marked.putShort((short) 0xFFFE).putShort((short) (2 + COMMENT_BYTES));
        marked.putInt(camera).putInt(which).putLong(System.currentTimeMillis()).putLong(0);
        marked.put(jpeg, 2, jpeg.length - 2);
        return marked.array();
    }

    private byte[] head(String type, String stamp) {
        writing = true;
        return bytes("--" + Parts.BOUNDARY + "\r\nContent-Type: " + type + "\r\n" + stamp + "\r\n");
    }

    private static boolean skipHead(InputStream in) throws IOException {
        int ends = 0;
        while (ends < 4) {
            int value = in.read();
            if (value < 0) {
                return false;
            }
            ends = value == '\r' || value == '\n' ? ends + 1 : 0;
        }
        return true;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** An empty belt of which no two pictures are the same, and then an item for some of them. */
    private static byte[][] pictures() {
        var pictures = new byte[32][];
        for (int each = 0; each < pictures.length; each++) {
            pictures[each] = Jpegs.belt(each, each >= 28);
        }
        return pictures;
    }

    private static byte[] large() {
        byte[] small = Jpegs.small(0);
        byte[] large = Arrays.copyOf(small, LARGE_BYTES);
        Arrays.fill(large, small.length - 2, large.length - 2, (byte) 0x55);
        large[large.length - 2] = (byte) 0xFF;
        large[large.length - 1] = (byte) 0xD9;
        return large;
    }
}
