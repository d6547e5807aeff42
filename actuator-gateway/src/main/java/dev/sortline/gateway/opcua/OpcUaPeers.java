// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections of an OPC UA server, by their secure channels. One over which a shot was told, and nothing comes back, is reset: what
 * was told may still be on its way, and would arrive late. Safe to use from any thread.
 */
final class OpcUaPeers {
    /** Where each message says to which secure channel it belongs: OPC 10000-6, 6.7.2. */
    private static final int CHANNEL_ID_AT = 8;

    private final Map<Long, Peer> peers = new ConcurrentHashMap<>();
    private final Duration answersWithin;

    OpcUaPeers(Duration answersWithin) {
        this.answersWithin = answersWithin;
    }

    /** Has a connection known and, when it ends, reset. */
    void apply(ChannelPipeline pipeline) {
        pipeline.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        pipeline.addFirst(new Peer());
    }

    boolean isConnected(long secureChannel) {
        return peers.containsKey(secureChannel);
    }

    /**
     * A shot is being told over a secure channel.
     *
     * @param onSilence is run when it was told and nothing has come back: the connection is gone then
     */
    void toldOfAShot(long secureChannel, Runnable onSilence) {
        Peer peer = peers.get(secureChannel);
        if (peer != null) {
            peer.toldOfAShot(onSilence);
        }
    }

    private final class Peer extends ChannelDuplexHandler {
        private volatile @Nullable ChannelHandlerContext context;
        private @Nullable Long secureChannel;
        private boolean watching;
        private boolean told;

        @Override
        public void handlerAdded(ChannelHandlerContext added) {
            context = added;
        }

        void toldOfAShot(Runnable onSilence) {
            ChannelHandlerContext known = context;
            if (known != null) {
                known.executor().execute(() -> watch(known, onSilence));
            }
        }

        private void watch(ChannelHandlerContext known, Runnable onSilence) {
            if (watching) {
                return;
            }
            watching = true;
            told = false;
            var unused = known.executor()
                    .schedule(() -> check(known, onSilence), answersWithin.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void check(ChannelHandlerContext known, Runnable onSilence) {
            watching = false;
            if (told) {
                forget();
                var unused = known.close();
                onSilence.run();
            }
        }

        @Override
        public void write(ChannelHandlerContext known, Object message, ChannelPromise promise) {
            if (secureChannel == null && message instanceof ByteBuf bytes) {
                learn(bytes);
            }
            told |= watching;
            var unused = known.write(message, promise);
        }

        private void learn(ByteBuf message) {
            int start = message.readerIndex();
            // Of the others only the one that opens it has one: MSG and OPN.
            boolean named = message.readableBytes() >= CHANNEL_ID_AT + Integer.BYTES
                    && (message.getByte(start) == 'M' || message.getByte(start) == 'O');
            if (named) {
                secureChannel = message.getUnsignedIntLE(start + CHANNEL_ID_AT);
                peers.put(secureChannel, this);
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext known, Object message) {
            if (watching && told) {
                // It has got what was told: whoever subscribes asks for the next.
                told = false;
            }
            known.fireChannelRead(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext known) {
            forget();
            known.fireChannelInactive();
        }

        private void forget() {
            if (secureChannel != null) {
                peers.remove(secureChannel, this);
            }
        }
    }
}
