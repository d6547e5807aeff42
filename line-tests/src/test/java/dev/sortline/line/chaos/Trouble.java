// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.chaos;

/**
 * What can come over a part of the line for a while.
 *
 * @param begin makes it come
 * @param end makes it go
 */
record Trouble(String name, long leastMillis, long mostMillis, Act begin, Act end) {
    /** Does something to a part. */
    @FunctionalInterface
    interface Act {
        void run() throws Exception;
    }
}
