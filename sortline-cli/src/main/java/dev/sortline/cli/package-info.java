/**
 * The {@code sortline} command: {@link dev.sortline.cli.Main} and one class a sub-command, the line file that they share,
 * and what every long-running one serves over HTTP.
 */
@NullMarked
package dev.sortline.cli;

import org.jspecify.annotations.NullMarked;
