// SPDX-License-Identifier: Apache-2.0
/** Who stands around the line in its tests: cameras, controllers, classifiers, and the processes that are started as users start them. */
@NullMarked
package dev.sortline.line.peers;

import org.jspecify.annotations.NullMarked;
