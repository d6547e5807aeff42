// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.live;

import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.trigger.Admission;

/** A picture that becomes a frame, and of what. */
record ChosenPicture(Picture picture, Admission.Taken of) {}
