// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.trigger;

import dev.sortline.contract.Identifiers;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody outside says that an item is before the camera: a photo-eye, a controller, a script.
 *
 * @param itemId which item, 1 to 64 letters, digits, {@code .}, {@code _} or {@code -}; null for one that the trigger is to name
 * @param encoder the belt's position in encoder counts at that moment; null where it is not told
 * @param at when, by the caller's clock; null when its arrival is all that is known
 */
public record OutsideCall(@Nullable String itemId, @Nullable Long encoder, @Nullable Instant at) {
    public OutsideCall {
        if (itemId != null) {
            Identifiers.check("itemId", itemId);
        }
    }
}
