// SPDX-License-Identifier: Apache-2.0
/** The whole line on real brokers: frames in, routing events out, stops, restarts and deaths in between. */
@NullMarked
package dev.sortline.line;

import org.jspecify.annotations.NullMarked;
