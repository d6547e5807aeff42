// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.modbus;

import com.digitalpetri.modbus.ExceptionCode;
import com.digitalpetri.modbus.MbapHeader;
import com.digitalpetri.modbus.ModbusPduSerializer.DefaultRequestSerializer;
import com.digitalpetri.modbus.ModbusTcpFrame;
import com.digitalpetri.modbus.exceptions.ModbusException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.nio.ByteBuffer;

/**
 * Answers requests that the Modbus library cannot read with an exception, as the protocol wants it (V1.1b3, 7). The library would leave them
 * without an answer and tell each in forty lines.
 */
final class UnreadableRequests extends ChannelInboundHandlerAdapter {
    private static final int EXCEPTION = 0x80;
    /** An answer's length counts the unit, the function and the code. */
    private static final int LENGTH = 3;

    private UnreadableRequests() {}

    /** Puts itself before the last handler, which is the library's own. */
    static void answer(ChannelPipeline pipeline) {
        pipeline.addBefore(pipeline.lastContext().name(), "unreadable", new UnreadableRequests());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ModbusTcpFrame request = (ModbusTcpFrame) message;
        ByteBuffer pdu = request.pdu().duplicate();
        if (!pdu.hasRemaining()) {
            throw new IllegalArgumentException("a request without a function");
        }
        int function = Byte.toUnsignedInt(pdu.get(pdu.position()));
        try {
            var unused = DefaultRequestSerializer.INSTANCE.decode(function, pdu);
            context.fireChannelRead(request);
        } catch (ModbusException e) {
            refuse(context, request.header(), function, ExceptionCode.ILLEGAL_FUNCTION);
        } catch (RuntimeException e) {
            // Whatever the library stumbles over in the bytes.
            refuse(context, request.header(), function, ExceptionCode.ILLEGAL_DATA_VALUE);
        }
    }

    private static void refuse(ChannelHandlerContext context, MbapHeader header, int function, ExceptionCode code) {
        byte[] pdu = {(byte) (function | EXCEPTION), (byte) code.getCode()};
        var unused = context.writeAndFlush(new ModbusTcpFrame(
                new MbapHeader(header.transactionId(), header.protocolId(), LENGTH, header.unitId()),
                ByteBuffer.wrap(pdu)));
    }
}
