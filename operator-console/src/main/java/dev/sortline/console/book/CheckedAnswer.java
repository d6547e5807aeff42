// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.book;

import dev.sortline.contract.ReviewRequest;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the line that a person has checked, as far as it is counted.
 *
 * @param line the sorting line
 * @param cause why a person looked
 * @param label the label that the line took the item for; {@code null} where it was not classified
 * @param lane the lane to which it was sent
 * @param right whether the item is one of the fraction that the line took it for
 */
public record CheckedAnswer(
        String line, ReviewRequest.Cause cause, @Nullable String label, String lane, boolean right) {}
