// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.mqtt;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.driver.DriverSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * An MQTT 5 broker that controllers subscribe to. It is told of every line.
 *
 * @param host its address
 * @param port its TCP port, 1 to 65535; default 8883 with TLS, 1883 without
 * @param clientId what the gateway calls itself at the broker, letters, digits, dots, dashes and underscores; its host and a number follow, for a line
 *     file serves several gateways, and a broker takes one connection a name; default {@code sortline-} and the driver's name
 * @param username user at the broker; absent for none
 * @param passwordFile file whose first line is the password; a relative path starts at the line file
 * @param tls how the broker is trusted; without it the connection is open
 */
public record MqttSettings(
        @JsonProperty(required = true) String host,
        @Nullable Integer port,
        @Nullable String clientId,
        @Nullable String username,
        @Nullable Path passwordFile,
        @Nullable Tls tls)
        implements DriverSettings {

    /**
     * A connection by TLS 1.2 or 1.3; the broker's name must be that of its certificate.
     *
     * @param trust PEM file of the certificates that are trusted; those of the Java runtime when absent
     */
    public record Tls(@Nullable Path trust) {}

    public MqttSettings {
        if (port != null && (port < 1 || port > 65_535)) {
            throw new IllegalArgumentException("port is %d: must be from 1 to 65535".formatted(port));
        }
        if (clientId != null && !clientId.matches("[A-Za-z0-9._-]{1,64}")) {
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
        return new MqttDriver(this, ownName(clientId == null ? "sortline-" + name : clientId));
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
        return tls == null ? 1_883 : 8_883;
    }
}
