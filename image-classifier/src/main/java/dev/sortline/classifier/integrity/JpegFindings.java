// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.integrity;

import java.util.Optional;

/**
 * What was found on a walk through a JPEG.
 *
 * @param damage what is damaged, for people; empty where nothing is, or where the JPEG is of a kind that is not looked into
 * @param coarse its coarse picture; empty where it is damaged, and where there is none: where not all components are in one scan that has
 *     whole blocks
 */
public record JpegFindings(Optional<String> damage, Optional<CoarsePicture> coarse) {}
