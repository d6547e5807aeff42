// SPDX-License-Identifier: Apache-2.0
/** Where passwords stand, so that none stands in the line file. */
@NullMarked
package dev.sortline.secret;

import org.jspecify.annotations.NullMarked;
