// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import dev.sortline.demo.EmbeddedBroker;

/** The line on a real KRaft broker in this JVM. */
class EmbeddedBrokerIT extends LineOnABroker {
    @Override
    Broker startBroker() throws Exception {
        var broker = EmbeddedBroker.start();
        return new Broker() {
            @Override
            public String bootstrapServers() {
                return broker.bootstrapServers();
            }

            @Override
            public void close() throws Exception {
                broker.close();
            }
        };
    }
}
