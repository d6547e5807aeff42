// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.flight;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Begins the work on the records of one partition, for as long as this instance has it. Called by the one stream thread that has the
 * partition, in the order of its records; waits for nothing but a lone record, and must not fail: what goes wrong with a record is told by its flight.
 *
 * @param <F> what is told of a record
 */
@FunctionalInterface
public interface Takeoff<F extends Flight> {
    /**
     * Begins with the next record.
     *
     * @param isLone whether the calling thread has nothing else to do: then the work may be done at once, by it
     * @param landed to be run when the work is done, by any thread, where it is not done at once
     */
    F begin(ConsumerRecord<byte[], byte[]> message, boolean isLone, Runnable landed);
}
