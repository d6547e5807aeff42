// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.flight;

/** The work on one record, begun before Kafka Streams gets it. Safe for use by several threads. */
public interface Flight {
    /** Whether the work is done, well or not. */
    boolean isDone();

    /** Whether it may take its time, and no further record of the partition is to be begun before it is done. */
    default boolean isAlone() {
        return false;
    }

    /** Nobody will ask for it: the record is another instance's now, or comes again. What has not begun need not; never waits. */
    void abandon();
}
