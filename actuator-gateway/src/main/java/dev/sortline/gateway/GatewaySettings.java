// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway;

import dev.sortline.contract.ClientProperties;
import dev.sortline.contract.Identifiers;
import dev.sortline.gateway.driver.DriverSettings;
import dev.sortline.gateway.reading.ActuationReader;
import dev.sortline.gateway.rules.FiringSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Set;

/**
 * How the gateway runs.
 *
 * @param kafka client properties, at least {@code bootstrap.servers}
 * @param lines the ids of the lines that there are, at least one
 * @param firing when ejectors fire and when not
 * @param drivers the drivers by name, maybe none
 */
public record GatewaySettings(
        Map<String, Object> kafka, Set<String> lines, FiringSettings firing, Map<String, DriverSettings> drivers) {
    public GatewaySettings {
        if (!kafka.containsKey("bootstrap.servers")) {
            throw new IllegalArgumentException("kafka lacks bootstrap.servers: say where the cluster is, as host:port");
        }
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("lines is empty: describe at least one line");
        }
        kafka = Map.copyOf(kafka);
        lines = Set.copyOf(lines);
        drivers = Map.copyOf(drivers);
    }

    /** The consumer group of all gateways of the cluster. */
    public String group() {
        return String.valueOf(ClientProperties.CONSUMER.of(kafka).getOrDefault("group.id", ActuationReader.GROUP));
    }

    /** What this gateway calls itself, {@code host.process}, where the host's name has the form of an identifier. */
    static String instance() {
        String process = String.valueOf(ProcessHandle.current().pid());
        try {
            return Identifiers.check("instance", InetAddress.getLocalHost().getHostName() + "." + process);
        } catch (UnknownHostException | IllegalArgumentException e) {
            return "host." + process;
        }
    }

    /** Without the values of client properties: some are passwords. */
    @Override
    public String toString() {
        return "GatewaySettings[kafka=" + ClientProperties.keys(kafka) + ", lines=" + lines + ", firing=" + firing
                + ", drivers=" + drivers + "]";
    }
}
