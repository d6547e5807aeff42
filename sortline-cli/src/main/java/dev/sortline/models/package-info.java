// SPDX-License-Identifier: Apache-2.0
/**
 * Model packages while lines run: what is checked before one decides ({@link CheckedPackage}, {@link OpenedModel}), how a new one in the
 * folder is found and takes the old one's place ({@link ModelWatch}), and how a canary's becomes everybody's ({@link PackagePlaces}).
 */
@NullMarked
package dev.sortline.models;

import org.jspecify.annotations.NullMarked;
