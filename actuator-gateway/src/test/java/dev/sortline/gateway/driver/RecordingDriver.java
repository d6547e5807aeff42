// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import dev.sortline.gateway.firing.Announcement;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.rules.Shot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;

/** Writes down what it is told, and can be made to lose its controller or to hang. */
public final class RecordingDriver implements ActuatorDriver {
    private final LongSupplier nanoTime;
    private final List<String> calls = new ArrayList<>();
    private final List<Long> firedAtNanos = new ArrayList<>();
    volatile boolean away;
    volatile boolean awayAfterFiring;
    private volatile boolean underWay;
    volatile CountDownLatch hanging = new CountDownLatch(0);
    volatile CountDownLatch returning = new CountDownLatch(0);

    RecordingDriver(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    public RecordingDriver() {
        this(System::nanoTime);
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    synchronized List<Long> firedAtNanos() {
        return List.copyOf(firedAtNanos);
    }

    List<String> calls(String what) {
        return calls().stream().filter(call -> call.startsWith(what)).toList();
    }

    /** Whether a call hangs. */
    boolean hangs() {
        return underWay && hanging.getCount() > 0;
    }

    private void call(String what) throws IOException, InterruptedException {
        underWay = true;
        hanging.await();
        underWay = false;
        if (away) {
            throw new IOException("controller is away");
        }
        synchronized (this) {
            calls.add(what);
        }
    }

    @Override
    public void connect() throws IOException, InterruptedException {
        returning.await();
        call("connect");
    }

    @Override
    public void takeOver(String lineId) throws IOException, InterruptedException {
        call("takeOver " + lineId);
    }

    @Override
    public boolean reaches(Shot shot) {
        return shot.ejector() < 100;
    }

    @Override
    public boolean fire(Shot shot, long latestNanos) throws IOException, InterruptedException {
        synchronized (this) {
            firedAtNanos.add(nanoTime.getAsLong());
        }
        call("fire " + shot.event().itemId());
        return true;
    }

    @Override
    public void report(Shot shot) throws IOException {
        if (awayAfterFiring) {
            throw new IOException("controller is away");
        }
    }

    @Override
    public void release(Shot shot) throws IOException, InterruptedException {
        call("release " + shot.event().itemId());
    }

    @Override
    public void announce(Announcement announcement) throws IOException, InterruptedException {
        call("announce " + announcement.event().itemId());
    }

    @Override
    public void beat(LineStatus status) throws IOException, InterruptedException {
        call("beat " + status.lineId() + (status.alive() ? " alive" : " silent"));
    }

    @Override
    public void probe() throws IOException, InterruptedException {
        call("probe");
    }

    @Override
    public synchronized void disconnect() {
        calls.add("disconnect");
    }
}
