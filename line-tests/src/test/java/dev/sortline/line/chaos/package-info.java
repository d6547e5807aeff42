// SPDX-License-Identifier: Apache-2.0
/** The line while troubles come over all of its parts at random, and the books that must be equal in the end. */
@NullMarked
package dev.sortline.line.chaos;

import org.jspecify.annotations.NullMarked;
