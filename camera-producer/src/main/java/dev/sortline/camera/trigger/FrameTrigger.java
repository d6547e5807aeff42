// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.trigger;

import dev.sortline.camera.picture.Luma;
import dev.sortline.camera.picture.Picture;
import java.util.Optional;
import java.util.function.Supplier;

/** Says which pictures become frames. Asked for each picture of one camera, in their order, on one thread. */
public interface FrameTrigger {
    /**
     * Whether a picture becomes a frame.
     *
     * @param small makes the small picture, which takes time: ask only for what is needed. Empty when the picture cannot be decoded
     */
    Admission admit(Picture picture, Supplier<Optional<Luma>> small);
}
