// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import dev.sortline.tracing.FrameTracing;
import dev.sortline.tracing.TraceExport;

/** The tracing of a process, off unless its environment asks for it. */
public final class ProcessTracing {
    private ProcessTracing() {}

    /**
     * Begins to trace.
     *
     * @param command the process' own, {@code classify}
     * @throws CommandFailure when what the environment says cannot be used
     */
    public static FrameTracing of(String command) {
        try {
            return TraceExport.ofEnvironment("sortline-" + command);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.ofConfiguration("tracing: " + CommandFailure.rootReason(e) + ": set "
                    + TraceExport.EXPORTER + " and the other OTEL_ variables as docs/tracing.md says, or none of them");
        }
    }
}
