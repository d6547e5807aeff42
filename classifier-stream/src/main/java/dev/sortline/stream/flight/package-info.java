// SPDX-License-Identifier: Apache-2.0
/**
 * Work on records begins here before Kafka Streams gets them, and Kafka Streams gets them when it is done, each partition's in their order
 * ({@link Flights}). So its threads wait for no single record, and what it has not got it can neither commit nor forward.
 *
 * <p>A record that Kafka Streams has is not known here to have been begun only where it came another way than through {@link
 * Flights#clients}: then whoever processes it does the work on the spot.
 */
@NullMarked
package dev.sortline.stream.flight;

import org.jspecify.annotations.NullMarked;
