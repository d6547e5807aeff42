// SPDX-License-Identifier: Apache-2.0
/**
 * Whether the model still sees what it was measured on: how often it answers each label, beside what its card says.
 *
 * <p>Pure: no Kafka, no meters and no clock of its own.
 */
@NullMarked
package dev.sortline.stream.drift;

import org.jspecify.annotations.NullMarked;
