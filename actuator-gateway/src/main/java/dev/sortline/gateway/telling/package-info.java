// SPDX-License-Identifier: Apache-2.0
/**
 * Tells the cluster what became of items and how the gateway does. Nobody waits for it, and nothing rests on it: where the cluster is away,
 * what was to be told is dropped and counted.
 */
@NullMarked
package dev.sortline.gateway.telling;

import org.jspecify.annotations.NullMarked;
