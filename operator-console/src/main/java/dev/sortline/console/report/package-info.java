// SPDX-License-Identifier: Apache-2.0
/**
 * Tells what a shift came to: {@link dev.sortline.console.report.ShiftReader} reads its events, {@link dev.sortline.console.report.ReportRoutes}
 * answers with the report, as JSON or as a table for spreadsheets. What it comes to is reckoned in {@link dev.sortline.console.figures}.
 */
@NullMarked
package dev.sortline.console.report;

import org.jspecify.annotations.NullMarked;
