// SPDX-License-Identifier: Apache-2.0
/**
 * What the parts of a line say to each other over Kafka: topics, the frame, the routing event and the heartbeat, and their serdes.
 *
 * <p>Everything here is public and is the contract, but for {@link MissingTopics}, which creates its topics: it changes only together with
 * {@code asyncapi.yaml}, {@code routing-event.schema.json} and {@code heartbeat.schema.json}, which lie beside these classes and say the same to
 * users of other languages.
 *
 * <p>Messages are CloudEvents 1.0 in Kafka's binary mode: the attributes travel as headers ({@code ce_id}, {@code ce_source}, …), the value
 * is the bare image or the bare JSON. The Kafka key is always the line's id, so one line's messages stay in order.
 *
 * <p>Types are immutable and may be used from any thread. Serialisers and deserialisers keep no state.
 */
@NullMarked
package dev.sortline.contract;

import org.jspecify.annotations.NullMarked;
