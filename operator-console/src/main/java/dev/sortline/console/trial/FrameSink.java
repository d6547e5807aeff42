// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.trial;

import dev.sortline.contract.Frame;
import java.util.function.Consumer;

/** Takes frames that people try. */
interface FrameSink {
    /**
     * Sends a frame; waits for some seconds at most.
     *
     * @param onFailure is told when it cannot be sent, on any thread
     */
    void send(Frame frame, Consumer<Exception> onFailure);
}
