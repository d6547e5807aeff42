// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

/** A running Kafka broker. */
interface Broker extends AutoCloseable {
    String bootstrapServers();

    @Override
    void close() throws Exception;
}
