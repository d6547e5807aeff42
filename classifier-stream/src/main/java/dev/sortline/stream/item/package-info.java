// SPDX-License-Identifier: Apache-2.0
/**
 * What frames say of an item, and when enough has been said.
 *
 * <p>Pure: it knows no Kafka, no network and no clock but the one that it is handed. {@link FrameReading} is what was made of a frame,
 * {@link ItemVote} adds several up, {@link VoteEnd} says when a vote is over, and {@link ItemDecision} makes the routing event.
 */
@NullMarked
package dev.sortline.stream.item;

import org.jspecify.annotations.NullMarked;
