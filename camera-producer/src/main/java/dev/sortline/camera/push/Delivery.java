// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.push;

import dev.sortline.camera.publishing.LineCamera;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Brings pictures that were sent to the broker. Any thread may call. */
public interface Delivery {
    /**
     * Hands a picture over. Never blocks.
     *
     * @return empty when there is no room for it now, and nothing becomes of it; else the frame's id, once the broker has acknowledged it. It
     *     fails when the frame is lost, or may be
     */
    Optional<CompletableFuture<String>> deliver(PushedFrame frame);

    /** Hears of a camera's picture that was refused before it could be handed over: there was no room to read it, or it cannot be sent. */
    default void refused(LineCamera camera, boolean forLackOfRoom) {
        // Only who counts wants to know.
    }
}
