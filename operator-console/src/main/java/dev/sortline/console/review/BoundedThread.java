// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.review;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A thread that does one thing after the other, and refuses what would wait behind too many. */
final class BoundedThread {
    private BoundedThread() {}

    /** @param mostWaiting how many things may wait, at least 1 */
    static ThreadPoolExecutor named(String name, int mostWaiting) {
        return new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(mostWaiting), work -> thread(name, work));
    }

    private static Thread thread(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
