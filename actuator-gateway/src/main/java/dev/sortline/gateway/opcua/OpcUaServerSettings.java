// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.driver.DriverSettings;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.milo.opcua.sdk.server.util.HostnameUtil;
import org.jspecify.annotations.Nullable;

/**
 * An OPC UA server that controllers and SCADA browse and subscribe to, for every line. It takes encrypted connections only
 * (Basic256Sha256) of clients whose certificate is trusted and that name the user.
 *
 * @param port its TCP port, 1 to 65535; default 4840
 * @param hostname name or address by which clients reach it, as it stands in its certificate; all names and addresses of this machine when absent
 * @param certificates folder of its certificate and of those that it trusts; made at the first start; a relative path
 *     starts at the line file
 * @param username the user that clients log in as
 * @param passwordFile file whose first line is the password; a relative path starts at the line file
 */
public record OpcUaServerSettings(
        @Nullable Integer port,
        @Nullable String hostname,
        @JsonProperty(required = true) Path certificates,
        @JsonProperty(required = true) String username,
        @JsonProperty(required = true) Path passwordFile)
        implements DriverSettings {
    private static final int DEFAULT_PORT = 4_840;

    public OpcUaServerSettings {
        if (port != null && (port < 1 || port > 65_535)) {
            throw new IllegalArgumentException("port is %d: must be from 1 to 65535".formatted(port));
        }
        if (username.isEmpty()) {
            throw new IllegalArgumentException("username is empty: clients log in as it");
        }
    }

    @Override
    public Set<String> lines(Set<String> all) {
        return all;
    }

    @Override
    public DriverSettings startingAt(Path folder) {
        return new OpcUaServerSettings(
                port, hostname, folder.resolve(certificates), username, folder.resolve(passwordFile));
    }

    @Override
    public ActuatorDriver open(String name) {
        return new OpcUaServerDriver(this);
    }

    int portOrDefault() {
        return port == null ? DEFAULT_PORT : port;
    }

    /** The names and addresses by which clients may reach it, at least one. */
    Set<String> hostnames() {
        if (hostname != null) {
            return Set.of(hostname);
        }
        Set<String> own = new TreeSet<>(HostnameUtil.getHostnames("0.0.0.0", true));
        // In a URL they would need brackets, and their zone means nothing elsewhere.
        own.removeIf(name -> name.contains(":"));
        own.add(HostnameUtil.getHostname());
        own.add("localhost");
        return own;
    }
}
