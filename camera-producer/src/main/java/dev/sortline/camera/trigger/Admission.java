// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.trigger;

import org.jspecify.annotations.Nullable;

/** What a trigger says of a picture. */
public sealed interface Admission {
    /** It is not asked for. */
    Admission NOT_ASKED = new NotAsked();

    /** It becomes a frame, an item of its own. */
    Admission FRAME = new Taken(null, null);

    /**
     * It becomes a frame.
     *
     * @param itemId of which item; null for one of its own
     * @param encoder the belt's position in encoder counts, where the trigger tells it
     */
    record Taken(@Nullable String itemId, @Nullable Long encoder) implements Admission {}

    /** See {@link #NOT_ASKED}. */
    record NotAsked() implements Admission {}
}
