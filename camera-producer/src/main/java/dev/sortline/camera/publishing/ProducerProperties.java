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

    /** A frame that comes later than that finds its item gone. */
    private static final Map<String, Object> OF_LIVE_CAMERAS = Map.of(
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            2_000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            5_000,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            2_000L);

    /** Without these a frame could be lost, doubled or overtaken by the line's next. */
    private static final Map<String, Object> CONTRACT = Map.of(
            ProducerConfig.ACKS_CONFIG, "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
            ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, false);

    private ProducerProperties() {}

    static Map<String, Object> with(Map<String, Object> users) {
        return with(Map.of(), users);
    }

    /** For frames that are worth nothing when they come seconds later. */
    static Map<String, Object> ofLiveCameras(Map<String, Object> users) {
        return with(OF_LIVE_CAMERAS, users);
    }

    private static Map<String, Object> with(Map<String, Object> special, Map<String, Object> users) {
        var properties = new HashMap<String, Object>(OURS);
        properties.putAll(special);
        Map<String, Object> theirs = ClientProperties.PRODUCER.of(users);
        properties.putAll(theirs);
        if (!theirs.containsKey(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG)) {
            giveRequestsTheirTime(properties);
        }
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

    /** Kafka refuses a delivery that ends before its request, whose time may be the user's. */
    private static void giveRequestsTheirTime(Map<String, Object> properties) {
        try {
            long request = millis(properties, ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG)
                    + millis(properties, ProducerConfig.LINGER_MS_CONFIG);
            if (request > millis(properties, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG)) {
                properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) Math.min(request, Integer.MAX_VALUE));
            }
        } catch (NumberFormatException e) {
            LOG.debug("Kafka tells what is wrong with it", e);
        }
    }

    private static long millis(Map<String, Object> properties, String name) {
        return Long.parseLong(String.valueOf(properties.get(name)).strip());
    }
}
