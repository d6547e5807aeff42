// SPDX-License-Identifier: Apache-2.0
/**
 * The live view: keeps what the feed tells in {@code console.view}'s figures, makes small pictures of some frames while somebody watches, and
 * sends both to all viewers. Begin at {@link dev.sortline.console.live.LiveView}.
 */
@NullMarked
package dev.sortline.console.live;

import org.jspecify.annotations.NullMarked;
