// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import dev.sortline.demo.EmbeddedBroker;
import java.io.IOException;

/** A running Kafka broker. */
interface Broker extends AutoCloseable {
    String bootstrapServers();

    @Override
    void close() throws Exception;

    /** A real KRaft broker in this JVM. */
    static Broker embedded() throws IOException {
        var broker = EmbeddedBroker.start();
        return new Broker() {
            @Override
            public String bootstrapServers() {
                return broker.bootstrapServers();
            }

            @Override
            public void close() throws IOException {
                broker.close();
            }
        };
    }
}
