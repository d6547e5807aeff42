// SPDX-License-Identifier: Apache-2.0
/** What the process of every command has: a way to fail and to stop, topics that exist, metrics and health over HTTP. */
@NullMarked
package dev.sortline.process;

import org.jspecify.annotations.NullMarked;
