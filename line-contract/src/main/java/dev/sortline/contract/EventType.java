// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Tells the events of a topic apart that carries several kinds, before they are read. */
public final class EventType {
    private static final String HEADER = "ce_type";

    private EventType() {}

    /**
     * Whether a record says that it is of a kind; {@code false} where it says nothing.
     *
     * @param type the CloudEvents type, such as {@link GatewayStatus#TYPE}
     */
    public static boolean is(String type, Headers headers) {
        Header header = headers.lastHeader(HEADER);
        return header != null && Arrays.equals(header.value(), type.getBytes(StandardCharsets.UTF_8));
    }
}
