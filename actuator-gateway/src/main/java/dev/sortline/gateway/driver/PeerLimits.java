// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What a server bears of its peers: so many at once, none that asks for nothing for long, none that asks and does not read the answers. */
public final class PeerLimits {
    public static final int MOST_PEERS = 32;

    private final String driver;
    private final Duration longestSilence;
    private final AtomicInteger peers = new AtomicInteger();

    /**
     * @param driver whose peers they are, as the line file names it: to tell of those that break the protocol
     * @param longestSilence how long a peer may take for a whole request; bytes alone do not count
     */
    public PeerLimits(String driver, Duration longestSilence) {
        this.driver = driver;
        this.longestSilence = longestSilence;
    }

    /** Puts the limits before the last handler, to which whole requests come. */
    public void apply(ChannelPipeline pipeline) {
        if (peers.incrementAndGet() > MOST_PEERS) {
            peers.decrementAndGet();
            var unused = pipeline.channel().close();
            return;
        }
        // What a peer has not got when its connection ends must not reach it later.
        pipeline.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        pipeline.channel().closeFuture().addListener(closed -> peers.decrementAndGet());
        pipeline.addFirst(new UnreadAnswers());
        String last = pipeline.lastContext().name();
        pipeline.addBefore(last, "silence", new ReadTimeoutHandler(longestSilence.toMillis(), TimeUnit.MILLISECONDS));
        PeerFaults.tell(pipeline, driver);
    }

    /** Whether there is none just now. */
    public boolean hasNone() {
        return peers.get() == 0;
    }

    private static final class UnreadAnswers extends ChannelInboundHandlerAdapter {
        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (!context.channel().isWritable()) {
                var unused = context.close();
            }
            context.fireChannelWritabilityChanged();
        }
    }
}
