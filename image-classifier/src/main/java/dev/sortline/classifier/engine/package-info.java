// SPDX-License-Identifier: Apache-2.0
/**
 * What an engine is to the loops that run it: a {@link LoadedNetwork}, computed in a {@link Precision}. Each engine has a room of its own.
 */
@NullMarked
package dev.sortline.classifier.engine;

import org.jspecify.annotations.NullMarked;
