// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.chaos;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One part of the line over which troubles come, one after the other, at random, on a thread of its own. */
final class Ordeal {
    private static final long LOOK_EVERY_MILLIS = 250;

    private final String part;
    private final SplittableRandom random;
    private final long mostCalmMillis;
    private final Trouble.Act keepUp;
    private final List<Trouble> troubles;
    private final Map<String, Integer> came = new TreeMap<>();
    private final CountDownLatch calm = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean calmed;
    private volatile @Nullable Throwable failure;

    /**
     * @param mostCalmMillis the longest time between two troubles; the shortest is a third of it
     * @param keepUp is run now and then, trouble or not
     */
    Ordeal(String part, long seed, long mostCalmMillis, Trouble.Act keepUp, List<Trouble> troubles) {
        this.part = part;
        random = new SplittableRandom(seed);
        this.mostCalmMillis = mostCalmMillis;
        this.keepUp = keepUp;
        this.troubles = List.copyOf(troubles);
        thread = new Thread(this::suffer, "ordeal of " + part);
    }

    void begin() {
        thread.start();
    }

    /** No more troubles; the one that is there is waited for, and the part is kept up until {@link #end}. */
    void calmDown() {
        calm.countDown();
    }

    /** Ends the ordeal. Fails when the part did what it must not do. */
    void end() throws InterruptedException {
        calm.countDown();
        over.countDown();
        thread.join();
        requireGood();
    }

    /** Fails when the part did what it must not do. */
    void requireGood() {
        if (failure != null) {
            throw new AssertionError(part, failure);
        }
    }

    /** Whether all troubles are over. */
    boolean isCalm() {
        return calmed;
    }

    /** How often each trouble came. */
    @Override
    public synchronized String toString() {
        return part + " " + came;
    }

    private void suffer() {
        try {
            while (calm.getCount() > 0) {
                await(random.nextLong(mostCalmMillis / 3, mostCalmMillis));
                if (calm.getCount() > 0) {
                    comeOver(troubles.get(random.nextInt(troubles.size())));
                }
            }
            calmed = true;
            do {
                keepUp.run();
            } while (!over.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (Exception | AssertionError e) {
            failure = e;
        }
    }

    private void comeOver(Trouble trouble) throws Exception {
        synchronized (this) {
            came.merge(trouble.name(), 1, Integer::sum);
        }
        tell(trouble, "begins");
        trouble.begin().run();
        await(random.nextLong(trouble.leastMillis(), trouble.mostMillis()));
        trouble.end().run();
        tell(trouble, "is over");
    }

    /** So that what was found can be laid beside what was going on. */
    private void tell(Trouble trouble, String what) {
        System.out.printf("%s %s: %s %s%n", Instant.now(), part, trouble.name(), what);
    }

    private void await(long millis) throws Exception {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; left > 0; left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
            keepUp.run();
            if (calm.await(Math.min(left, LOOK_EVERY_MILLIS), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }
}
