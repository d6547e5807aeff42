// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside.mqtt;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.sortline.camera.outside.CallSource;
import dev.sortline.camera.outside.CallSourceSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** An MQTT 5 broker through which triggers come. Each setting is described where it is declared; docs/line-file.md is made of that. */
@JsonClassDescription(
        "Triggers come as messages of an MQTT 5 broker, JSON such as {\"itemId\": \"4711\", \"encoder\": 5120}; the answer goes to the"
                + " message's response topic, else to ackTopic.")
public record MqttCallSettings(
        @JsonPropertyDescription("the broker's address") @JsonProperty(required = true) String host,
        @JsonPropertyDescription("its TCP port; " + TLS_PORT + " with tls and " + OPEN_PORT + " without when absent")
                @Min(1) @Max(MOST_PORT) @Nullable Integer port,
        @JsonPropertyDescription("user at the broker; absent for none") @Nullable String username,
        @JsonPropertyDescription(
                        "file whose first line is the password, or env:NAME for an environment variable; needs a username")
                @Nullable Path passwordFile,
        @JsonPropertyDescription(
                        "how the broker is trusted, by TLS 1.2 or 1.3; its name must be that of its certificate; without it the connection is open")
                @Nullable Tls tls,
        @JsonPropertyDescription("the topic of this camera's triggers, without wildcards")
                @JsonProperty(required = true)
                String topic,
        @JsonPropertyDescription("where answers go of triggers without a response topic; absent for nowhere") @Nullable String ackTopic)
        implements CallSourceSettings {
    private static final int OPEN_PORT = 1_883;
    private static final int TLS_PORT = 8_883;
    private static final int MOST_PORT = 65_535;

    /** A connection by TLS 1.2 or 1.3; the broker's name must be that of its certificate. */
    public record Tls(
            @JsonPropertyDescription(
                            "PEM file of the certificates that are trusted; those of the Java runtime when absent")
                    @Nullable Path trust) {}

    public MqttCallSettings {
        if (port != null && (port < 1 || port > MOST_PORT)) {
            throw new IllegalArgumentException("port is %d: must be from 1 to %d".formatted(port, MOST_PORT));
        }
        if (passwordFile != null && username == null) {
            throw new IllegalArgumentException("passwordFile is %s: needs a username".formatted(passwordFile));
        }
        checkTopic("topic", topic);
        if (ackTopic != null) {
            checkTopic("ackTopic", ackTopic);
            if (ackTopic.equals(topic)) {
                throw new IllegalArgumentException(
                        "ackTopic is '%s', as the topic is: answers would come back as triggers".formatted(ackTopic));
            }
        }
    }

    private static void checkTopic(String what, String topic) {
        if (topic.isEmpty() || topic.contains("#") || topic.contains("+")) {
            throw new IllegalArgumentException("%s is '%s': must be a topic without # and +".formatted(what, topic));
        }
    }

    @Override
    public CallSourceSettings startingAt(Path folder) {
        return new MqttCallSettings(
                host,
                port,
                username,
                passwordFile == null ? null : folder.resolve(passwordFile),
                tls == null || tls.trust() == null ? tls : new Tls(folder.resolve(tls.trust())),
                topic,
                ackTopic);
    }

    @Override
    public CallSource open(String name, InstantSource clock) {
        // A broker takes one connection a name, and the same line file may run twice.
        String number = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        return new MqttCalls(this, ("sortline-" + name + "-" + number).replaceAll("[^A-Za-z0-9._-]", "-"));
    }

    int portOrDefault() {
        if (port != null) {
            return port;
        }
        return tls == null ? OPEN_PORT : TLS_PORT;
    }
}
