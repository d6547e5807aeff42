// SPDX-License-Identifier: Apache-2.0
/**
 * What is seen of the lines now: totals, rates, latency, the last items, who is alive, and shares that left their band. Pure: values
 * and times go in, records that are written as JSON come out, and whatever comes, memory stays bounded. Begin at {@link
 * dev.sortline.console.view.LineView}. What is not a record belongs to one thread at a time.
 */
@NullMarked
package dev.sortline.console.view;

import org.jspecify.annotations.NullMarked;
