// SPDX-License-Identifier: Apache-2.0
/** Hears what passes on the cluster, without a group, and hands it to whoever listens. */
@NullMarked
package dev.sortline.console.feed;

import org.jspecify.annotations.NullMarked;
