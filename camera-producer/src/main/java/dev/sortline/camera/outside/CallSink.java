// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside;

import dev.sortline.camera.trigger.CallOutcome;
import dev.sortline.camera.trigger.OutsideCall;
import java.util.concurrent.CompletableFuture;

/** Takes calls for pictures. Never blocks; may be used by any thread. */
public interface CallSink {
    /** The other side answers. Once a connection, before its first call. */
    void opened();

    /**
     * Somebody calls.
     *
     * @return what becomes of it; never fails. It may be completed on the camera's thread: what hangs on it must not block
     */
    CompletableFuture<CallOutcome> call(OutsideCall call);

    /** What came is no call that can be understood: it is counted and told. */
    void unreadable(String line);
}
