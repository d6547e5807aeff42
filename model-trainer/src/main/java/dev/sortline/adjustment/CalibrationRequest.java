// SPDX-License-Identifier: Apache-2.0
package dev.sortline.adjustment;

import java.nio.file.Path;

/**
 * Which package's confidences to make true, and by what.
 *
 * @param model the package; it tells familiarity
 * @param validation a folder of class folders: pictures as the model knows them, none of them learned from
 * @param shifted a folder of class folders: pictures that are strange to the model
 */
public record CalibrationRequest(Path model, Path validation, Path shifted) {}
