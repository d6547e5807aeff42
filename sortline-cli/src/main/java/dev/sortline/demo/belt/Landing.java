// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo.belt;

/**
 * Where an item has ended; each item ends once.
 *
 * @param item the item
 * @param lane the lane of the ejector that blew it off the belt, or the residual lane
 */
public record Landing(Item item, String lane) {}
