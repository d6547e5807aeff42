// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.mqtt;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.driver.DriverSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * An MQTT 5 broker that controllers subscribe to. It is told of every line. Each setting is described where it is declared; docs/line-file.md is
 * made of that.
 */
@JsonClassDescription("An MQTT 5 broker that controllers subscribe to. It is told of every line.")
public record MqttSettings(
        @JsonPropertyDescription("its address") @JsonProperty(required = true) String host,
        @JsonPropertyDescription("its TCP port; " + TLS_PORT + " with tls and " + OPEN_PORT + " without when absent")
                @Min(1) @Max(MOST_PORT) @Nullable Integer port,
        @JsonPropertyDescription(
                        "what the gateway calls itself at the broker, letters, digits, dots, dashes and underscores; its host and a number"
                                + " follow, for a line file serves several gateways, and a broker takes one connection a name; "
                                + CLIENT_ID
                                + " and the driver's name when absent")
                @Pattern(regexp = CLIENT_IDS) @Nullable String clientId,
        @JsonPropertyDescription("user at the broker; absent for none") @Nullable String username,
        @JsonPropertyDescription(
                        "file whose first line is the password, or env:NAME for an environment variable; needs a username")
                @Nullable Path passwordFile,
        @JsonPropertyDescription(
                        "how the broker is trusted, by TLS 1.2 or 1.3; its name must be that of its certificate; without it the connection is open")
                @Nullable Tls tls)
        implements DriverSettings {
    private static final int OPEN_PORT = 1_883;
    private static final int TLS_PORT = 8_883;
    private static final int MOST_PORT = 65_535;
    private static final String CLIENT_ID = "sortline-";
    private static final String CLIENT_IDS = "^[A-Za-z0-9._-]{1,64}$";

    @Override
    public List<Path> certificateFiles() {
        return tls == null || tls.trust() == null ? List.of() : List.of(tls.trust());
    }

    /** A connection by TLS 1.2 or 1.3; the broker's name must be that of its certificate. */
    public record Tls(
            @JsonPropertyDescription(
                            "PEM file of the certificates that are trusted; those of the Java runtime when absent")
                    @Nullable Path trust) {}

    public MqttSettings {
        if (port != null && (port < 1 || port > MOST_PORT)) {
            throw new IllegalArgumentException("port is %d: must be from 1 to %d".formatted(port, MOST_PORT));
        }
        if (clientId != null && !clientId.matches(CLIENT_IDS)) {
            throw new IllegalArgumentException(
                    "clientId is '%s': must be 1 to 64 letters, digits, dots, dashes and underscores"
                            .formatted(clientId));
        }
        if (passwordFile != null && username == null) {
            throw new IllegalArgumentException("passwordFile is %s: needs a username".formatted(passwordFile));
        }
    }

    @Override
    public Set<String> lines(Set<String> all) {
        return all;
    }

    @Override
    public DriverSettings startingAt(Path folder) {
        return new MqttSettings(
                host,
                port,
                clientId,
                username,
                passwordFile == null ? null : folder.resolve(passwordFile),
                tls == null || tls.trust() == null ? tls : new Tls(folder.resolve(tls.trust())));
    }

    @Override
    public ActuatorDriver open(String name) {
        return new MqttDriver(this, ownName(clientId == null ? CLIENT_ID + name : clientId));
    }

    /** One that no other process has. */
    private static String ownName(String first) {
        String number = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        return (first + "-" + hostName() + "-" + number).replaceAll("[^A-Za-z0-9._-]", "-");
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // The number is enough.
            return "host";
        }
    }

    int portOrDefault() {
        if (port != null) {
            return port;
        }
        return tls == null ? OPEN_PORT : TLS_PORT;
    }
}
