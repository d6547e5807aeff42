// SPDX-License-Identifier: Apache-2.0
package dev.sortline.sorting;

import dev.sortline.contract.Decision;
import org.jspecify.annotations.Nullable;

/**
 * What a plan says of an item whose probabilities are known.
 *
 * @param fraction the most probable fraction
 * @param label the most probable label of that fraction
 * @param confidence calibrated probability of the fraction, 0 to 1
 * @param gap confidence less the probability of the next fraction or of an empty belt, 0 to 1
 * @param routing where the item goes
 */
public record Judgement(String fraction, String label, double confidence, double gap, Routing routing) {
    /**
     * Where an item goes.
     *
     * @param decision what was decided
     * @param lane where the item goes
     * @param reason why it is not sorted; absent for {@code SORT}
     */
    public record Routing(Decision decision, String lane, @Nullable String reason) {}
}
