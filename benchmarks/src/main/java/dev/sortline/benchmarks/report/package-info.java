// SPDX-License-Identifier: Apache-2.0
/**
 * What benchmarks came to, and under which conditions: records for JSON, the lines that people read, and plots. Knows nothing of how the
 * figures were taken.
 */
@NullMarked
package dev.sortline.benchmarks.report;

import org.jspecify.annotations.NullMarked;
