// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What a training took. Work that was lost when it was killed is not in it.
 *
 * @param clock how long it went on
 * @param processor how long processors were busy with it, of all threads together; zero where the system does not tell
 */
public record Effort(Duration clock, Duration processor) {
    static final Effort NONE = new Effort(Duration.ZERO, Duration.ZERO);

    Effort plus(Effort more) {
        return new Effort(clock.plus(more.clock), processor.plus(more.processor));
    }

    /** Measures from its making on. */
    static final class Meter {
        private final InstantSource source;
        private final Instant begun;
        private final Duration processorBefore;

        Meter(InstantSource source) {
            this.source = source;
            this.begun = source.instant();
            this.processorBefore = processorOfThisProcess();
        }

        Effort spent() {
            return new Effort(
                    Duration.between(begun, source.instant()),
                    processorOfThisProcess().minus(processorBefore));
        }

        private static Duration processorOfThisProcess() {
            return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        }
    }
}
