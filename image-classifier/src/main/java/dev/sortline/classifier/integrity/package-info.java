// SPDX-License-Identifier: Apache-2.0
/**
 * What the entropy-coded data of JPEGs tell without decoding them: damage that decoders paint over, and a coarse picture.
 *
 * <p>{@link JpegIntegrity} goes from segment to segment and gives the verdict; {@link JpegFrame} and {@link HuffmanCodes} are what two
 * kinds of them say. {@link ScanWalk} goes through the blocks of one scan, {@link ScanBits} reads its bits, and {@link LevelStep} compares
 * the blocks' brightness afterwards. {@link UnitLevels} keeps what the units show, which makes a {@link CoarsePicture}. Markers, segments
 * and codes are those of ITU-T T.81.
 */
@NullMarked
package dev.sortline.classifier.integrity;

import org.jspecify.annotations.NullMarked;
