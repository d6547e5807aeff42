// SPDX-License-Identifier: Apache-2.0
/**
 * The {@code sortline} command: {@link dev.sortline.cli.Main} and one class a sub-command.
 */
@NullMarked
package dev.sortline.cli;

import org.jspecify.annotations.NullMarked;
