// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One set of Kafka properties for all clients of a line, as a line file has it: some are for one kind of client only, and say so by
 * a prefix, as those of Kafka Streams do.
 */
public enum ClientProperties {
    /** Reads topics. */
    CONSUMER("consumer."),
    /** Writes to topics. */
    PRODUCER("producer."),
    /** Sets topics up. */
    ADMIN("admin.");

    /** Consumers that only Kafka Streams has, and what it gives its internal topics and its members. */
    private static final Set<String> OF_STREAMS =
            Set.of("main.consumer.", "restore.consumer.", "global.consumer.", "topic.", "client.tag.");

    private final String prefix;

    ClientProperties(String prefix) {
        this.prefix = prefix;
    }

    /**
     * What this kind of client is given.
     *
     * @param kafka properties with and without prefixes
     * @return those without a prefix, and over them those with this kind's, without it
     */
    public Map<String, Object> of(Map<String, Object> kafka) {
        var own = new HashMap<String, Object>();
        kafka.forEach((key, value) -> {
            if (!hasPrefix(key)) {
                own.put(key, value);
            }
        });
        kafka.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                own.put(key.substring(prefix.length()), value);
            }
        });
        return own;
    }

    /** The keys, for messages and logs: values may be passwords. */
    public static String keys(Map<String, Object> kafka) {
        return kafka.keySet().stream().sorted().collect(Collectors.joining(", ", "[", "]"));
    }

    private static boolean hasPrefix(String key) {
        for (ClientProperties kind : values()) {
            if (key.startsWith(kind.prefix)) {
                return true;
            }
        }
        return OF_STREAMS.stream().anyMatch(key::startsWith);
    }
}
