// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.driver.DriverSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.milo.opcua.sdk.server.util.HostnameUtil;
import org.jspecify.annotations.Nullable;

/**
 * An OPC UA server that controllers and SCADA browse and subscribe to, for every line. It takes encrypted connections only
 * (Basic256Sha256) of clients whose certificate is trusted and that name the user. Each setting is described where it is declared;
 * docs/line-file.md is made of that.
 */
@JsonClassDescription(
        "An OPC UA server that controllers and SCADA browse and subscribe to, for every line. It takes encrypted connections only"
                + " (Basic256Sha256) of clients whose certificate is trusted and that name the user.")
public record OpcUaServerSettings(
        @JsonPropertyDescription("its TCP port")
                @JsonProperty(defaultValue = "" + PORT)
                @Min(1) @Max(MOST_PORT) @Nullable Integer port,
        @JsonPropertyDescription(
                        "name or address by which clients reach it, as it stands in its certificate; all names and addresses of this"
                                + " machine when absent")
                @Nullable String hostname,
        @JsonPropertyDescription("folder of its certificate and of those that it trusts; made at the first start")
                @JsonProperty(required = true)
                Path certificates,
        @JsonPropertyDescription("the user that clients log in as") @JsonProperty(required = true) @Size(min = 1) String username,
        @JsonPropertyDescription("file whose first line is the password, or env:NAME for an environment variable")
                @JsonProperty(required = true)
                Path passwordFile)
        implements DriverSettings {
    private static final int PORT = 4_840;
    private static final int MOST_PORT = 65_535;

    public OpcUaServerSettings {
        if (port != null && (port < 1 || port > MOST_PORT)) {
            throw new IllegalArgumentException("port is %d: must be from 1 to %d".formatted(port, MOST_PORT));
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
    public List<Path> certificateFiles() {
        return OpcUaCertificates.files(certificates);
    }

    @Override
    public DriverSettings startingAt(Path folder) {
        return new OpcUaServerSettings(
                port, hostname, folder.resolve(certificates), username, folder.resolve(passwordFile));
    }

    @Override
    public ActuatorDriver open(String name) {
        return new OpcUaServerDriver(name, this);
    }

    int portOrDefault() {
        return port == null ? PORT : port;
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
