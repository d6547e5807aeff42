// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * What the machine itself adds to a shot: a thread that waits for moments between those of the shots, writes a byte to another over
 * loopback and waits for its answer. What comes late here is late by nobody's program.
 */
public final class BareShots {
    private BareShots() {}

    /**
     * Runs beside the shots.
     *
     * @return once the last is answered: how long after its moment each was, in microseconds
     */
    public static CompletableFuture<Histogram> run(Instant first, Duration every, int count) {
        return CompletableFuture.supplyAsync(() -> measure(first, every, count), BareShots::inThread);
    }

    private static Histogram measure(Instant first, Duration every, int count) {
        var late = new Histogram(3);
        try (var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var asking = new Socket(door.getInetAddress(), door.getLocalPort());
                var answering = door.accept()) {
            asking.setTcpNoDelay(true);
            answering.setTcpNoDelay(true);
            inThread(() -> answer(answering));
            for (int i = 0; i < count; i++) {
                Instant at = first.plus(every.multipliedBy(i));
                for (long left = micros(Instant.now(), at); left > 0; left = micros(Instant.now(), at)) {
                    LockSupport.parkNanos(left * 1_000);
                }
                asking.getOutputStream().write(i);
                asking.getInputStream().read();
                late.recordValue(micros(at, Instant.now()));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return late;
    }

    private static void answer(Socket socket) {
        try {
            for (int read = socket.getInputStream().read();
                    read >= 0;
                    read = socket.getInputStream().read()) {
                socket.getOutputStream().write(read);
            }
        } catch (IOException e) {
            // The other has seen enough.
        }
    }

    private static void inThread(Runnable work) {
        var thread = new Thread(work, "bare-shots");
        thread.setDaemon(true);
        thread.start();
    }

    private static long micros(Instant from, Instant to) {
        return ChronoUnit.MICROS.between(from, to);
    }
}
