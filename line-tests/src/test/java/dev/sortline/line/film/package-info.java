// SPDX-License-Identifier: Apache-2.0
/** Films of belts with items on them, for what needs thousands of frames of one camera. */
@NullMarked
package dev.sortline.line.film;

import org.jspecify.annotations.NullMarked;
