// SPDX-License-Identifier: Apache-2.0
/**
 * What the archive has for people at a shell beside the program: {@linkplain dev.sortline.cli.manual.ManPage man pages} and
 * {@linkplain dev.sortline.cli.manual.ShellCompletion completion}, made from the commands themselves when the archive is built.
 */
@NullMarked
package dev.sortline.cli.manual;

import org.jspecify.annotations.NullMarked;
