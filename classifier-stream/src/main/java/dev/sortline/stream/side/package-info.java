// SPDX-License-Identifier: Apache-2.0
/**
 * Topics that are written beside the events: nobody waits for them, and a message that cannot be written is let go and told.
 *
 * <p>They have producers of their own ({@link SidePublisher}) rather than sinks of the topology. A sink shares the stream's producer, its
 * memory and its commits, so a topic that is away would hold up the events, and one that may not be written would end the stream.
 */
@NullMarked
package dev.sortline.stream.side;

import org.jspecify.annotations.NullMarked;
