// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.modbus;

import com.digitalpetri.modbus.ModbusTcpFrame;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Resets the connection of a Modbus peer that has read a coil that is on, and then asks for nothing more: it may not have got the answer yet,
 * and would get it late.
 */
final class SilentPeerReset extends ChannelDuplexHandler {
    private static final int READ_COILS = 1;
    /** Function and count of bytes come before the coils. */
    private static final int FIRST_COILS = 2;

    private final Duration askedAgainWithin;
    private long requests;
    private boolean watching;

    private SilentPeerReset(Duration askedAgainWithin) {
        this.askedAgainWithin = askedAgainWithin;
    }

    /** Puts itself before the last handler, to which whole requests come. */
    static void watch(ChannelPipeline pipeline, Duration askedAgainWithin) {
        pipeline.addBefore(pipeline.lastContext().name(), "told", new SilentPeerReset(askedAgainWithin));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        requests++;
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!watching && message instanceof ModbusTcpFrame frame && tellsOfAShot(frame.pdu())) {
            watching = true;
            long before = requests;
            var unused = context.executor()
                    .schedule(() -> check(context, before), askedAgainWithin.toMillis(), TimeUnit.MILLISECONDS);
        }
        var unused = context.write(message, promise);
    }

    private void check(ChannelHandlerContext context, long before) {
        watching = false;
        if (requests == before) {
            // By a reset, for so the channel is set.
            var unused = context.close();
        }
    }

    private static boolean tellsOfAShot(ByteBuffer answer) {
        if (answer.limit() <= FIRST_COILS || answer.get(0) != READ_COILS) {
            return false;
        }
        for (int at = FIRST_COILS; at < answer.limit(); at++) {
            if (answer.get(at) != 0) {
                return true;
            }
        }
        return false;
    }
}
