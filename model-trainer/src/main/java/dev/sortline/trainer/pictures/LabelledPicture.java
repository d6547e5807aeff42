// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.pictures;

import java.nio.file.Path;

/**
 * A picture and what it shows.
 *
 * @param file the picture
 * @param label the name of the folder that it lies in
 */
public record LabelledPicture(Path file, String label) {}
