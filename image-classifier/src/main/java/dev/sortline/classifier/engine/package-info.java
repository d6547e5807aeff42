// SPDX-License-Identifier: Apache-2.0
/**
 * What an {@link Engine} is to the loops that run it: a {@link LoadedNetwork}, computed in a {@link Precision}. Each engine has a room of its own.
 *
 * <p>Other modules use {@link Engine} and {@link Precision}.
 */
@NullMarked
package dev.sortline.classifier.engine;

import org.jspecify.annotations.NullMarked;
