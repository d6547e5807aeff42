// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import dev.sortline.gateway.driver.ShotGate;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.eclipse.milo.opcua.stack.core.util.Unit;
import org.eclipse.milo.opcua.stack.transport.client.AbstractUascClientTransport;
import org.eclipse.milo.opcua.stack.transport.client.ClientApplicationContext;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfig;
import org.eclipse.milo.opcua.stack.transport.client.uasc.ClientSecureChannel;
import org.eclipse.milo.opcua.stack.transport.client.uasc.InboundUascResponseHandler.DelegatingUascResponseHandler;
import org.eclipse.milo.opcua.stack.transport.client.uasc.UascClientAcknowledgeHandler;
import org.jspecify.annotations.Nullable;

/**
 * One connection for Milo's client, and never a second: Milo's own connects again by itself and then sends what still waits, which
 * for an ejector is too late. Once {@link #shut}, or lost, it takes nothing more.
 */
final class OpcUaOneConnection extends AbstractUascClientTransport {
    private static final long CLOSED_WITHIN_MILLIS = 1_000;

    private final OpcTcpClientTransportConfig tcp;
    private final ShotGate gate = new ShotGate();
    private final CompletableFuture<ClientSecureChannel> open = new CompletableFuture<>();
    private volatile @Nullable Channel socket;
    private volatile boolean shut;

    private OpcUaOneConnection(OpcTcpClientTransportConfig config) {
        super(config);
        tcp = config;
    }

    /** Reaches for nothing yet. */
    static OpcUaOneConnection within(Duration connecting) {
        var millis = UInteger.valueOf(connecting.toMillis());
        return new OpcUaOneConnection(OpcTcpClientTransportConfig.newBuilder()
                .setConnectTimeout(millis)
                .setAcknowledgeTimeout(millis)
                .build());
    }

    @Override
    public OpcTcpClientTransportConfig getConfig() {
        return tcp;
    }

    @Override
    public CompletableFuture<Unit> connect(ClientApplicationContext application) {
        String url = application.getEndpoint().getEndpointUrl();
        ChannelFuture connecting = new Bootstrap()
                .channel(NioSocketChannel.class)
                .group(tcp.getEventLoop())
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        tcp.getConnectTimeout().intValue())
                .option(ChannelOption.TCP_NODELAY, true)
                // What the controller has not taken when the connection is given up must not reach it later.
                .option(ChannelOption.SO_LINGER, 0)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(
                                        gate,
                                        new DelegatingUascResponseHandler(OpcUaOneConnection.this),
                                        new UascClientAcknowledgeHandler(
                                                tcp, application, requestId::getAndIncrement, open),
                                        new Gate());
                    }
                })
                .connect(new InetSocketAddress(EndpointUtil.getHost(url), EndpointUtil.getPort(url)));
        socket = connecting.channel();
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                open.completeExceptionally(done.cause());
            }
        });
        return open.thenApply(channel -> Unit.VALUE);
    }

    @Override
    protected CompletableFuture<Channel> getChannel() {
        return open.thenApply(ClientSecureChannel::getChannel);
    }

    @Override
    public CompletableFuture<Unit> disconnect() {
        var unused = cut();
        return CompletableFuture.completedFuture(Unit.VALUE);
    }

    /** What a shot leaves through. */
    ShotGate gate() {
        return gate;
    }

    /** Whether the other side has let the gateway's certificate pass, where it has one. */
    boolean isOpen() {
        return open.isDone() && !open.isCompletedExceptionally();
    }

    /** Cuts the connection. When it returns, nothing more leaves. Not for the library's own threads. */
    void shut() {
        cut().ifPresent(closing -> closing.awaitUninterruptibly(CLOSED_WITHIN_MILLIS, TimeUnit.MILLISECONDS));
    }

    private Optional<ChannelFuture> cut() {
        shut = true;
        open.completeExceptionally(new ClosedChannelException());
        return Optional.ofNullable(socket).map(Channel::close);
    }

    /** Stops what was on its way to the socket when the connection was given up. */
    private final class Gate extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
            if (shut) {
                promise.setFailure(new ClosedChannelException());
            } else {
                super.write(context, message, promise);
            }
        }
    }
}
