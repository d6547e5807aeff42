// SPDX-License-Identifier: Apache-2.0
/**
 * Tells trouble that others make: whatever they send, and however often, it becomes one short line a second.
 *
 * <p>Types may be used from any thread.
 */
@NullMarked
package dev.sortline.trouble;

import org.jspecify.annotations.NullMarked;
