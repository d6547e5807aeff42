// SPDX-License-Identifier: Apache-2.0
/** The HTTP server: who may do what, what is turned away, the pages' files. Each subject brings its own {@link dev.sortline.console.web.Routes}. */
@NullMarked
package dev.sortline.console.web;

import org.jspecify.annotations.NullMarked;
