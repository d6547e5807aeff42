// SPDX-License-Identifier: Apache-2.0
/**
 * Makes model packages of networks that others trained, whichever tool wrote them.
 */
@NullMarked
package dev.sortline.trainer.imports;

import org.jspecify.annotations.NullMarked;
