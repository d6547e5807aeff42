// SPDX-License-Identifier: Apache-2.0
package dev.sortline.familiarity;

import dev.sortline.classifier.model.ModelPackage;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A package that tells how familiar a picture is.
 *
 * @param model the package
 * @param known how many pictures of known things were learned from
 * @param unknown how many pictures of other things, by what they are called; may be none
 * @param validation where the held out pictures are
 * @param heldOut how many there are
 * @param int8Difference by how much familiarity in int8 differs on these on average, 0..1; empty where the package has no such network, or ONNX Runtime
 *     is not there
 */
public record FamiliarModel(
        ModelPackage model,
        int known,
        Map<String, Integer> unknown,
        Path validation,
        int heldOut,
        OptionalDouble int8Difference) {}
