// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.publishing;

import dev.sortline.contract.ClientProperties;
import dev.sortline.contract.Topic;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka's producer properties for frames: ours, then the user's, then those without which the contract would break. */
final class ProducerProperties {
    private static final Logger LOG = LoggerFactory.getLogger(ProducerProperties.class);

    /** The most image bytes in flight. Kafka's own buffer is larger, so that it never blocks where nobody counts. */
    static final int IN_FLIGHT_BYTES = 32 << 20;

    private static final Map<String, Object> OURS = Map.of(
            // A frame waits for nothing: batches form while requests are under way.
            ProducerConfig.LINGER_MS_CONFIG,
            0,
            // JPEG and PNG are compressed already.
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "none",
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            Topic.MAX_RECORD_BYTES,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            (long) IN_FLIGHT_BYTES + 2 * Topic.MAX_RECORD_BYTES,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            10_000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            30_000,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            10_000L);

    /** Without these a frame could be lost, doubled or overtaken by the line's next. */
    private static final Map<String, Object> CONTRACT = Map.of(
            ProducerConfig.ACKS_CONFIG, "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
            ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, false);

    private ProducerProperties() {}

    static Map<String, Object> with(Map<String, Object> users) {
        var properties = new HashMap<String, Object>(OURS);
        properties.putAll(ClientProperties.PRODUCER.of(users));
        CONTRACT.forEach((name, value) -> {
            Object other = properties.put(name, value);
            if (other != null && !other.toString().equals(value.toString())) {
                LOG.warn("Kafka property {}={} is not used: frames need {}", name, other, value);
            }
        });
        if (properties.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG) != null) {
            LOG.warn(
                    "Kafka property {} is not used: frames need no transaction",
                    ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        }
        return properties;
    }
}
