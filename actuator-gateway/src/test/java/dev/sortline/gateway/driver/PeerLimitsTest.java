// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.FixedLengthFrameDecoder;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PeerLimitsTest {
    private static final Duration SILENCE = Duration.ofMillis(200);
    private static final int REQUEST_BYTES = 100;

    private final EmbeddedChannel peer =
            new EmbeddedChannel(new FixedLengthFrameDecoder(REQUEST_BYTES), new ChannelInboundHandlerAdapter());

    @Test
    void peerThatSendsAByteNowAndThenButNoRequestIsEnded() {
        // Given
        new PeerLimits("plc", SILENCE).apply(peer.pipeline());

        // When
        await().atMost(Duration.ofSeconds(60)).until(() -> isEndedAfter(1));

        // Then
        assertThat(peer.isOpen()).isFalse();
    }

    @Test
    void peerThatAsksOftenEnoughStays() {
        // Given
        new PeerLimits("plc", SILENCE.multipliedBy(10)).apply(peer.pipeline());

        // When
        await().during(SILENCE.multipliedBy(12))
                .atMost(Duration.ofSeconds(60))
                .until(() -> !isEndedAfter(REQUEST_BYTES));

        // Then
        assertThat(peer.isOpen()).isTrue();
    }

    /** Sends so many bytes; says whether the connection is no longer. */
    private boolean isEndedAfter(int bytes) {
        if (peer.isOpen()) {
            peer.writeInbound(Unpooled.wrappedBuffer(new byte[bytes]));
            peer.runScheduledPendingTasks();
        }
        return !peer.isOpen();
    }
}
