// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ProcessorShareTest {
    private final ProcessorShare share = new ProcessorShare();

    @Test
    void isAllBeforeAnythingWasWatched() {
        // Then
        assertThat(share.isNearlyAll()).isTrue();
    }

    @Test
    void isLittleOfALoopThatWaits() {
        // When
        long answer = share.watch(() -> {
            // As while another has the processor.
            LockSupport.parkNanos(20_000_000);
            return 7;
        });

        // Then
        assertThat(answer).isEqualTo(7);
        assertThat(share.isNearlyAll()).isFalse();
    }

    @Test
    void isWhatTheThreadHadOfAProcessor() {
        // Given
        var threads = ManagementFactory.getThreadMXBean();

        // When
        share.watch(() -> {
            long end = threads.getCurrentThreadCpuTime() + 10_000_000;
            long turns = 0;
            while (threads.getCurrentThreadCpuTime() < end) {
                turns++;
            }
            return turns;
        });

        // Then
        assertThat(share.ofLoops()).isPositive().isLessThanOrEqualTo(1);
    }
}
