// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.push;

import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.camera.trigger.CallOutcome;
import dev.sortline.camera.trigger.OutsideCall;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Calls for a frame of a camera. Any thread may call. */
public interface TriggerCall {
    /** Nobody can be called. */
    TriggerCall NOBODY = (camera, call) -> Optional.empty();

    /**
     * Calls. Never blocks.
     *
     * @return what becomes of the call; empty when there is no such camera, or it takes no calls from outside
     */
    Optional<CompletableFuture<CallOutcome>> call(LineCamera camera, OutsideCall call);
}
