// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.push;

import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.contract.Identifiers;
import org.jspecify.annotations.Nullable;

/**
 * A picture that somebody sent.
 *
 * @param camera whose picture it is
 * @param picture as it came, with the time that its sender told, else that of its arrival
 * @param itemId which item it shows, 1 to 64 letters, digits, {@code .}, {@code _} or {@code -}; null where that was not told
 * @param encoder the belt's position in encoder counts; null where that was not told
 */
public record PushedFrame(LineCamera camera, Picture picture, @Nullable String itemId, @Nullable Long encoder) {
    public PushedFrame {
        if (itemId != null) {
            Identifiers.check("itemId", itemId);
        }
    }
}
