// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.BeltGeometry.Camera;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.Lines;
import dev.sortline.sorting.PlanInForce;
import dev.sortline.stream.camera.CameraWatchSettings;
import dev.sortline.stream.gate.GateSettings;
import dev.sortline.stream.review.ReviewSettings;
import dev.sortline.stream.topology.LineMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "max.poll.records, 7, max.poll.records, 7",
        "consumer.max.poll.records, 8, max.poll.records, 8",
        "main.consumer.max.poll.records, 9, max.poll.records, 9",
        "session.timeout.ms, 20000, session.timeout.ms, 20000",
        "fetch.max.wait.ms, 10, fetch.max.wait.ms, 10",
        "client.dns.lookup, resolve_canonical_bootstrap_servers_only, max.poll.records, 32",
    })
    void usersSettingOfTheConsumerWins(String key, String value, String effective, String expected) {
        // Given
        var settings = settings(Map.of(key, value));

        // When
        var consumer = config(settings).getMainConsumerConfigs("group", "client", 1);

        // Then
        assertThat(consumer.get(effective)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "linger.ms, 7, linger.ms, 7",
        "producer.linger.ms, 8, linger.ms, 8",
        "max.request.size, 9000000, max.request.size, 9000000",
        "acks, all, linger.ms, 0",
    })
    void usersSettingOfTheProducerWins(String key, String value, String effective, String expected) {
        // Given
        var settings = settings(Map.of(key, value));

        // When
        var producer = config(settings).getProducerConfigs("client");

        // Then
        assertThat(producer.get(effective)).hasToString(expected);
    }

    @Test
    void settingForOneKindOfClientWinsOverOneForAll() {
        // Given
        var settings = settings(Map.of("max.poll.records", "7", "consumer.max.poll.records", "8"));

        // When
        var consumer = config(settings).getMainConsumerConfigs("group", "client", 1);

        // Then
        assertThat(consumer.get("max.poll.records")).hasToString("8");
    }

    @Test
    void trialLineMustBeALine() {
        // When
        var setting = assertThatThrownBy(() -> withTrial("try", Map.of("line-1", Lines.line("line-1"))));

        // Then
        setting.hasMessage("trialLine is 'try', which is not among the lines: there are [line-1]");
    }

    @Test
    void trialLineMovesNothing() {
        // When
        var setting = assertThatThrownBy(() -> withTrial("try", Map.of("try", Lines.line("try"))));

        // Then
        setting.hasMessageStartingWith("trialLine is 'try', whose belt has ejectors, [glass, metal]");
    }

    @Test
    void trialLineTakesPicturesUnderAnyCamerasName() {
        // Given
        var belt = new BeltGeometry(1, 0, "residue", null, Map.of("camera-1", new Camera(0)), Map.of());

        // When
        var setting = assertThatThrownBy(() -> withTrial("try", Map.of("try", new Line("try", belt, Lines.EDITION))));

        // Then
        setting.hasMessageStartingWith("trialLine is 'try', whose belt names cameras, [camera-1]");
    }

    @Test
    void pictureIsAnItemOnATrialLine() {
        // Given
        var belt = new BeltGeometry(1, 0, "residue", null, null, Map.of());
        var line = new Line("try", belt, new PlanInForce(Lines.EDITION), 3);

        // When
        var setting = assertThatThrownBy(() -> withTrial("try", Map.of("try", line)));

        // Then
        setting.hasMessageStartingWith("trialLine is 'try', which has framesPerItem 3");
    }

    private static StreamSettings withTrial(String id, Map<String, Line> lines) {
        return new StreamSettings(
                Map.of("bootstrap.servers", "localhost:1"),
                lines,
                CameraWatchSettings.DEFAULT,
                GateSettings.DEFAULT,
                ReviewSettings.DEFAULT,
                Optional.of(id));
    }

    private static StreamSettings settings(Map<String, Object> users) {
        Map<String, Object> kafka = new HashMap<>(users);
        kafka.put("bootstrap.servers", "localhost:1");
        return new StreamSettings(kafka, Map.of("line-1", Lines.line("line-1")));
    }

    private static StreamsConfig config(StreamSettings settings) {
        return new StreamsConfig(settings.streamsProperties(new LineMetrics(new SimpleMeterRegistry())));
    }
}
