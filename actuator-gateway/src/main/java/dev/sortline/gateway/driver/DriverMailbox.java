// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import dev.sortline.gateway.driver.DriverQueue.Task;
import dev.sortline.gateway.driver.DriverQueue.Task.Fire;
import dev.sortline.gateway.driver.DriverQueue.Task.Release;
import dev.sortline.gateway.firing.Announcement;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.rules.EjectorSchedule;
import dev.sortline.gateway.rules.Shot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where other threads leave what one driver has to be told, and where the driver's thread waits for it: until a shot is near by
 * sleeping, then awake. Takes nothing while it is shut, so that nothing stale is told when the controller returns; which lines are
 * this gateway's, and which announced shots are still to come, it knows all the time.
 *
 * <p>Methods that leave something may be called from any thread, and wait for nothing but the lock. {@link #next}, {@link #hold},
 * {@link #pollHeld} and {@link #pause} belong to the driver's thread, as do {@link #open} and {@link #shut}.
 */
final class DriverMailbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private final DriverQueue queue = new DriverQueue(System.nanoTime());
    private final Set<String> lines = new LinkedHashSet<>();
    private final Deque<Announcement> announced = new ArrayDeque<>();
    private boolean open;
    private volatile int added;
    private volatile boolean stopping;

    /** {@code false} when the shot cannot be told: there is no room, or nobody to tell. */
    boolean fire(Fire shot) {
        lock.lock();
        try {
            boolean taken = takes() && queue.add(shot);
            if (taken) {
                signal();
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /**
     * A shot that is to come is told again each time that the mailbox opens; that nothing fires is forgotten while it is shut.
     *
     * @return {@code false} when an older announcement had to make room
     */
    boolean announce(Announcement announcement) {
        lock.lock();
        try {
            if (announcement.shot() != null) {
                keep(announcement);
            }
            if (!takes()) {
                return true;
            }
            boolean room = queue.announce(announcement);
            signal();
            return room;
        } finally {
            lock.unlock();
        }
    }

    /** With the lock. The oldest makes room: its shot comes first. */
    private void keep(Announcement announcement) {
        if (announced.size() == DriverQueue.MOST_WAITING) {
            announced.remove();
        }
        announced.add(announcement);
    }

    void beat(LineStatus status) {
        lock.lock();
        try {
            if (takes()) {
                queue.beat(status);
                signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A line is this gateway's from now on: told now, and again each time that the mailbox opens. */
    void takeOver(String lineId) {
        lock.lock();
        try {
            lines.add(lineId);
            if (takes()) {
                queue.takeOver(lineId);
                signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A line is no longer this gateway's. */
    void handOver(String lineId) {
        lock.lock();
        try {
            lines.remove(lineId);
            announced.removeIf(item -> item.event().lineId().equals(lineId));
        } finally {
            lock.unlock();
        }
    }

    /** With the lock. */
    private boolean takes() {
        return open && !stopping;
    }

    /** With the lock. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // written with the lock alone
    private void signal() {
        added++;
        something.signal();
    }

    /**
     * There is a controller to tell. It hears of this gateway's lines first, then of the shots that were announced to the one before.
     *
     * @param now by the wall clock: a shot whose time is over is not told of
     */
    void open(Instant now) {
        lock.lock();
        try {
            lines.forEach(queue::takeOver);
            announced.removeIf(item -> isOver(item.shot(), now));
            announced.forEach(queue::announce);
            open = true;
        } finally {
            lock.unlock();
        }
    }

    private static boolean isOver(@Nullable Shot shot, Instant now) {
        return shot == null || shot.notAfter().isBefore(now);
    }

    /** There is no controller to tell. Everything is forgotten; gives the shots that are not fired. */
    List<Fire> shut() {
        lock.lock();
        try {
            open = false;
            return queue.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Ends every wait of the driver's thread, and takes nothing more. What is held stays, to be let go. */
    void stop() {
        lock.lock();
        try {
            stopping = true;
            something.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isStopping() {
        return stopping;
    }

    /** What to tell now, the most urgent first; waits for it. {@code null} when there is nothing more to come. */
    @Nullable Task next() throws InterruptedException {
        while (!stopping) {
            long spinUntil;
            int seen;
            lock.lock();
            try {
                long now = System.nanoTime();
                Task task = queue.next(now);
                if (task != null) {
                    return task;
                }
                long wait = queue.waitNanos(now);
                if (queue.shotInNanos(now) > EjectorSchedule.LEAD.toNanos()) {
                    var unused = something.awaitNanos(wait);
                    continue;
                }
                spinUntil = now + wait;
                seen = added;
            } finally {
                lock.unlock();
            }
            // No longer than the lead of a shot: to sleep would be to be late.
            while (System.nanoTime() - spinUntil < 0 && added == seen && !stopping) {
                Thread.onSpinWait();
            }
        }
        return null;
    }

    /** A shot has fired: the end of its pulse is to be told after so long. */
    void hold(Shot shot, Duration pulse) {
        lock.lock();
        try {
            queue.hold(shot, System.nanoTime() + pulse.toNanos());
        } finally {
            lock.unlock();
        }
    }

    /** Takes the next pulse that is still held, whatever its end; {@code null} for none. */
    @Nullable Release pollHeld() {
        lock.lock();
        try {
            return queue.pollHeld();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for so long, or until the end. */
    void pause(Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        lock.lock();
        try {
            for (long left = wait.toNanos(); left > 0 && !stopping; left = end - System.nanoTime()) {
                var unused = something.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
