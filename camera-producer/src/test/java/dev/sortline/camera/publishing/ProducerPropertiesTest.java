// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sortline.contract.FrameSerializer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class ProducerPropertiesTest {
    private static final Map<String, Object> CLUSTER = Map.of("bootstrap.servers", "localhost:1");

    @Test
    void kafkaTakesTheDefaults() {
        // Given
        var meters = new SimpleMeterRegistry();

        // When / Then
        assertThatCode(() -> new FramePublisher(CLUSTER, meters).close()).doesNotThrowAnyException();
    }

    @Test
    void whatKafkasProducerMeasuresIsShownUntilItIsClosed() {
        // Given
        var meters = new SimpleMeterRegistry();
        var publisher = new FramePublisher(CLUSTER, meters);
        var open = meters.find("kafka.producer.record.error.total").meters();

        // When
        publisher.close();

        // Then
        assertThat(open).hasSize(1);
        assertThat(meters.find("kafka.producer.record.error.total").meters()).isEmpty();
    }

    @Test
    void kafkasBufferHasRoomForAllThatMayBeInFlightSoThatItNeverBlocksUncounted() {
        // Given
        var properties = ProducerProperties.with(CLUSTER);

        // When
        long buffer = effective(properties).getLong(ProducerConfig.BUFFER_MEMORY_CONFIG);

        // Then
        assertThat(buffer).isGreaterThan(ProducerProperties.IN_FLIGHT_BYTES);
    }

    @Test
    void usersPropertyForProducersWinsOverOneForAllClients() {
        // Given
        var users = Map.<String, Object>of(
                "bootstrap.servers",
                "localhost:1",
                "linger.ms",
                "7",
                "producer.linger.ms",
                "9",
                "consumer.linger.ms",
                "11");

        // When
        var properties = ProducerProperties.with(users);

        // Then
        assertThat(effective(properties).getLong(ProducerConfig.LINGER_MS_CONFIG))
                .isEqualTo(9);
    }

    @Test
    void usersPropertyWins() {
        // Given
        var users = Map.<String, Object>of("bootstrap.servers", "localhost:1", "linger.ms", "7");

        // When
        var properties = ProducerProperties.with(users);

        // Then
        assertThat(effective(properties).getLong(ProducerConfig.LINGER_MS_CONFIG))
                .isEqualTo(7);
    }

    @Test
    void framesOfLiveCamerasAreGivenUpWithinSeconds() {
        // Given
        var users = CLUSTER;

        // When
        var properties = ProducerProperties.ofLiveCameras(users);

        // Then
        assertThat(effective(properties).getInt(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG))
                .isEqualTo(5_000);
    }

    @Test
    void usersTimeForRequestsMakesRoomForItself() {
        // Given
        var users = Map.<String, Object>of(
                "bootstrap.servers", "localhost:1", "request.timeout.ms", "20000", "linger.ms", 5);

        // When
        var properties = ProducerProperties.ofLiveCameras(users);

        // Then
        assertThat(effective(properties).getInt(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG))
                .isEqualTo(20_005);
    }

    @Test
    void propertyThatWouldBreakTheContractDoesNotWin() {
        // Given
        var users = Map.<String, Object>of(
                "bootstrap.servers", "localhost:1",
                "acks", "0",
                "enable.idempotence", "false",
                "partitioner.ignore.keys", "true",
                "transactional.id", "mine");

        // When
        var properties = ProducerProperties.with(users);

        // Then
        assertThat(properties)
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("partitioner.ignore.keys", false)
                .doesNotContainKey("transactional.id");
    }

    private static ProducerConfig effective(Map<String, Object> properties) {
        var withSerializers = new HashMap<>(properties);
        withSerializers.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        withSerializers.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, FrameSerializer.class);
        return new ProducerConfig(withSerializers);
    }
}
