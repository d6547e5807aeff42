// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;

/**
 * The last place before a connection's socket: a shot leaves in its time or not at all. Since its driver looked at the clock, the thread that
 * writes may have been held up, by a busy machine, a collection of garbage or a process that was stopped. Belongs to one connection; the shot
 * is begun and ended on the driver's thread.
 */
public final class ShotGate extends ChannelOutboundHandlerAdapter {
    private volatile long latestNanos;
    private volatile boolean shooting;

    /**
     * From now on nothing leaves after that time.
     *
     * @param latestNanos by {@link System#nanoTime}
     */
    public void begin(long latestNanos) {
        this.latestNanos = latestNanos;
        shooting = true;
    }

    /** The shot has been answered, or has failed: what follows has no time. */
    public void end() {
        shooting = false;
    }

    /**
     * For a driver that writes nothing itself, but is read.
     *
     * @param latestNanos by {@link System#nanoTime}
     * @throws IOException when that time is over
     */
    public static void requireInTime(long latestNanos) throws IOException {
        if (isOver(latestNanos)) {
            throw late();
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (shooting && isOver(latestNanos)) {
            ReferenceCountUtil.release(message);
            promise.setFailure(late());
        } else {
            super.write(context, message, promise);
        }
    }

    private static boolean isOver(long nanos) {
        return System.nanoTime() - nanos > 0;
    }

    private static IOException late() {
        return new IOException("the command was held up here until its time was over: it was not sent");
    }
}
