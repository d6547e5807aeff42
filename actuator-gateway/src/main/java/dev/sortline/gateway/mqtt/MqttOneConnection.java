// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.mqtt;

import dev.sortline.gateway.driver.ShotGate;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * What one MQTT client's connection runs on, and the way to its socket, which the library keeps to itself: its own end of a connection
 * waits for what has yet to be sent, and for an ejector that is too late.
 */
final class MqttOneConnection {
    private static final long CUT_WITHIN_MILLIS = 1_000;

    private final NioEventLoopGroup loop = new NioEventLoopGroup(1, new DefaultThreadFactory("mqtt", true));

    private final ShotGate gate = new ShotGate();

    /** For the client, as its executor. */
    Executor executor() {
        return loop;
    }

    /** Puts the gate before the socket, which must be open. */
    void guard() {
        loop.submit(() -> channels().forEach(channel -> channel.pipeline().addFirst(gate)))
                .awaitUninterruptibly(CUT_WITHIN_MILLIS);
    }

    /** What a shot leaves through. */
    ShotGate gate() {
        return gate;
    }

    /** Cuts the connection by a reset. When it returns, nothing more leaves, not even what lies in the socket's buffer. Once cut it stays so. */
    void cut() {
        if (!loop.isShuttingDown()) {
            var unused = loop.submit(this::reset);
        }
        loop.shutdownGracefully(0, CUT_WITHIN_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(CUT_WITHIN_MILLIS);
    }

    private void reset() {
        for (Channel channel : channels()) {
            if (channel.isOpen()) {
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
                // Past the handlers: that of TLS would first send what waits.
                channel.unsafe().close(channel.voidPromise());
            }
        }
    }

    private List<Channel> channels() {
        List<Channel> channels = new ArrayList<>();
        ((SingleThreadEventLoop) loop.next()).registeredChannelsIterator().forEachRemaining(channels::add);
        return channels;
    }
}
