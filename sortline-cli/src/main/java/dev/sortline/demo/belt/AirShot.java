// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo.belt;

import java.time.Instant;
import java.util.List;

/**
 * One opening of a valve, and what came of it.
 *
 * @param lineId the line
 * @param lane the lane into which the nozzle blows
 * @param openedAt when air began to flow
 * @param taken the items that it blew into the lane: the one that was meant, another, several or none
 */
public record AirShot(String lineId, String lane, Instant openedAt, List<Item> taken) {
    public AirShot {
        taken = List.copyOf(taken);
    }
}
