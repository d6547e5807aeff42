// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.process.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka's properties in a line file and in the environment. */
class LineFileKafkaTest {
    private static final String SECRET = "s3cr3t";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    max.pol.records: 5              | :3:3: kafka.max.pol.records: no Kafka client has this setting; is 'max.poll.records' meant?
                    consumer.max.poll.record: 5     | :3:3: kafka.consumer.max.poll.record: no Kafka client has this setting; is 'consumer.max.poll.records' meant?
                    producer.max.poll.records: 5    | :3:3: kafka.producer.max.poll.records: no Kafka client has this setting
                    security_protocol: SSL          | :3:3: kafka.security_protocol: no Kafka client has this setting; is 'security.protocol' meant?
                    retention: 5                    | :3:3: kafka.retention: no Kafka client has this setting
                    linger.ms: soon                 | :3:3: kafka.linger.ms: Invalid value soon for configuration linger.ms: Not a number of type LONG
                    linger.ms:                      | :3:3: kafka.linger.ms: a value is missing
                    security.protocol: TLS          | :3:3: kafka.security.protocol: Invalid value TLS for configuration security.protocol
                    ssl.key.password: 1234          | :3:3: kafka.ssl.key.password: must be text; put it in quotation marks
                    ssl: { key: x }                 | :3:3: kafka.ssl: no Kafka client has this setting
                    interceptor.classes: org.apache.kafka.Some~  lingr.ms: 5 | :4:3: kafka.lingr.ms: no Kafka client has this setting; is 'linger.ms' meant?
                    """)
    void propertyThatNoClientTakesIsAMistakeWithItsPlace(String property, String problem) throws IOException {
        // Given
        Path file = written("bootstrap.servers: a:1\n  " + property.replace("~", "\n"));

        // When
        var loading = assertThatThrownBy(() -> LineFile.load(file, Map.of()));

        // Then
        loading.isInstanceOf(CommandFailure.class).hasMessageStartingWith(file + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max.poll.records: 5",
                "consumer.max.poll.records: '5'",
                "main.consumer.max.poll.records: 5",
                "producer.linger.ms: 3",
                "admin.retries: 2",
                "num.stream.threads: 4",
                "topic.retention.ms: 1000",
                "group.protocol: streams",
                "ssl.key.password: text",
                "config.providers: env\n  config.providers.env.class: org.apache.kafka.common.config.provider.EnvVarConfigProvider",
                "linger.ms: ${env:LINGER}",
                "interceptor.classes: com.example.Traces\n  com.example.traces.url: x",
                "bootstrap.servers: [a:1, b:1]",
            })
    void propertyThatAClientTakesIsRight(String property) throws IOException {
        // Given
        Path file = written((property.startsWith("bootstrap") ? "" : "bootstrap.servers: a:1\n  ") + property);

        // When
        var lineFile = LineFile.load(file, Map.of());

        // Then
        assertThat(lineFile.kafka()).containsKey(property.substring(0, property.indexOf(':')));
    }

    @Test
    void clusterMustBeNamed() throws IOException {
        // Given
        Path file = written("linger.ms: 5");

        // When
        var loading = assertThatThrownBy(() -> LineFile.load(file, Map.of()));

        // Then
        loading.hasMessage(file + ":1:1: kafka: bootstrap.servers is missing: say where the cluster is, as host:port");
    }

    @Test
    void variableWithAMisspeltPropertyIsNamed() throws IOException {
        // Given
        var environment = Map.of("SORTLINE_KAFKA_BOOTSTRAP_SERVER", "b:2");
        Path file = written("bootstrap.servers: a:1");

        // When
        var loading = assertThatThrownBy(() -> LineFile.load(file, environment));

        // Then
        loading.hasMessage("SORTLINE_KAFKA_BOOTSTRAP_SERVER: bootstrap.server: no Kafka client has this setting;"
                + " is 'bootstrap.servers' meant?");
    }

    @Test
    void whatKubernetesTellsOfServicesBesideIsPassedOver() throws IOException {
        // Given
        var environment = Map.ofEntries(
                Map.entry("SORTLINE_HTTP_PORT", "tcp://10.0.0.1:8080"),
                Map.entry("SORTLINE_HTTP_PORT_8080_TCP", "tcp://10.0.0.1:8080"),
                Map.entry("SORTLINE_HTTP_SERVICE_HOST", "10.0.0.1"),
                Map.entry("SORTLINE_KAFKA_PORT", "tcp://10.0.0.2:9092"),
                Map.entry("SORTLINE_KAFKA_PORT_9092_TCP", "tcp://10.0.0.2:9092"),
                Map.entry("SORTLINE_KAFKA_PORT_9092_TCP_PROTO", "tcp"),
                Map.entry("SORTLINE_KAFKA_PORT_9092_TCP_PORT", "9092"),
                Map.entry("SORTLINE_KAFKA_PORT_9092_TCP_ADDR", "10.0.0.2"),
                Map.entry("SORTLINE_KAFKA_SERVICE_HOST", "10.0.0.2"),
                Map.entry("SORTLINE_KAFKA_SERVICE_PORT", "9092"),
                Map.entry("SORTLINE_KAFKA_SERVICE_PORT_BROKER", "9092"));
        Path file = written("bootstrap.servers: a:1");

        // When
        var lineFile = LineFile.load(file, environment);

        // Then
        assertThat(lineFile.kafka()).isEqualTo(Map.of("bootstrap.servers", "a:1"));
        assertThat(lineFile.http()).contains(new LineFile.Http(8080, null));
    }

    @Test
    void passwordsAreToldNowhere() throws IOException {
        // Given
        var environment = Map.of("SORTLINE_KAFKA_SASL_JAAS_CONFIG", "password=\"" + SECRET + "\"");
        Path file = written("bootstrap.servers: a:1\n  ssl.key.password: " + SECRET);

        // When
        var lineFile = LineFile.load(file, environment);

        // Then
        assertThat(lineFile.kafka().values().toString()).contains(SECRET);
        assertThat(lineFile.toString()).doesNotContain(SECRET).contains("sasl.jaas.config");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ssl.key.passwort: s3cr3t", "consumer.sasl.jaas.confg: s3cr3t", "ssl.key.password: { s3cr3t: 1 }"
            })
    void mistakeDoesNotTellThePassword(String property) throws IOException {
        // Given
        Path file = written("bootstrap.servers: a:1\n  " + property);

        // When
        var loading = assertThatThrownBy(() -> LineFile.load(file, Map.of()));

        // Then
        loading.isInstanceOf(CommandFailure.class).message().doesNotContain(SECRET);
    }

    private Path written(String kafka) throws IOException {
        return Files.writeString(
                folder.resolve("line.yaml"),
                """
                kafka:
                  %s
                model: models/waste
                http: { port: 8080 }
                belts:
                  main:
                    speedMetresPerSecond: 2.0
                    transportMarginMillis: 20
                    residualLane: residue
                    ejectors: { glass: { number: 1, distanceMetres: 1.5 } }
                lines:
                  line-1: { belt: main, plan: plans/simple.yaml }
                """
                        .formatted(kafka));
    }
}
