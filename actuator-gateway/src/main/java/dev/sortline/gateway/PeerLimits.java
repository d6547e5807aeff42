// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What a server bears of its peers: so many at once, none that says nothing for long, none that asks and does not read the answers. */
final class PeerLimits {
    static final int MOST_PEERS = 32;
    private static final int SILENT_SECONDS = 30;

    private final AtomicInteger peers = new AtomicInteger();

    void apply(ChannelPipeline pipeline) {
        if (peers.incrementAndGet() > MOST_PEERS) {
            peers.decrementAndGet();
            var unused = pipeline.channel().close();
            return;
        }
        pipeline.channel().closeFuture().addListener(closed -> peers.decrementAndGet());
        pipeline.addFirst(new ReadTimeoutHandler(SILENT_SECONDS, TimeUnit.SECONDS), new UnreadAnswers());
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
