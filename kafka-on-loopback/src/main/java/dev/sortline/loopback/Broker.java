// SPDX-License-Identifier: Apache-2.0
package dev.sortline.loopback;

import java.util.Map;

/** A running Kafka broker. */
public interface Broker extends AutoCloseable {
    /** The value of {@code bootstrap.servers}. */
    String bootstrapServers();

    /** Client properties that lead to it. */
    default Map<String, Object> clientProperties() {
        return Map.of("bootstrap.servers", bootstrapServers());
    }
}
