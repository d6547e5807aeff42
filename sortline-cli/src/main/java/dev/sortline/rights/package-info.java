// SPDX-License-Identifier: Apache-2.0
/**
 * What each role may do on the cluster, and how an administrator is told so. Begin with {@link dev.sortline.rights.Role}.
 *
 * <p>All of it is derived from {@link dev.sortline.process.TopicUse}, by which commands look at their start whether they have what they need.
 */
@NullMarked
package dev.sortline.rights;

import org.jspecify.annotations.NullMarked;
