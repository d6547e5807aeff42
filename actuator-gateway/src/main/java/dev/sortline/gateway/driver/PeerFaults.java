// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import dev.sortline.trouble.OneLine;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the connection of a peer that breaks the protocol, or itself, and tells so in a line, where the library tells it in forty. */
public final class PeerFaults extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(PeerFaults.class);
    private static final int MOST_CHARACTERS = 250;

    private final String driver;

    private PeerFaults(String driver) {
        this.driver = driver;
    }

    /**
     * Puts itself before the last handler, which is the library's own.
     *
     * @param driver whose peer it is, as the line file names it
     */
    public static void tell(ChannelPipeline pipeline, String driver) {
        pipeline.addBefore(pipeline.lastContext().name(), "faults", new PeerFaults(driver));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.warn(
                "Driver {}: ended the connection with {}: {}",
                driver,
                context.channel().remoteAddress(),
                // What the peer has sent may stand in the message.
                OneLine.of(cause.toString(), MOST_CHARACTERS));
        var unused = context.close();
    }
}
