// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.live;

import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where frames come from. */
interface FrameSource {
    /**
     * Hands over each frame that comes from now on, as it stands on its topic, until it is closed.
     *
     * @param onFrame called on a thread of the source; must not wait
     */
    Reading read(Consumer<ConsumerRecord<String, byte[]>> onFrame);

    /** A reading under way. */
    interface Reading extends AutoCloseable {
        @Override
        void close();
    }
}
