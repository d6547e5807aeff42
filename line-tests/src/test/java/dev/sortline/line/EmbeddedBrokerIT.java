// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import dev.sortline.loopback.Broker;
import dev.sortline.loopback.EmbeddedBroker;
import java.io.IOException;

/** The line on a real KRaft broker in this JVM. */
class EmbeddedBrokerIT extends LineOnABroker {
    @Override
    Broker startBroker() throws IOException {
        return EmbeddedBroker.start();
    }
}
