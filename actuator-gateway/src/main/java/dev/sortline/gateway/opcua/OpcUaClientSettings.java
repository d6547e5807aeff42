// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.driver.DriverSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.jspecify.annotations.Nullable;

/**
 * A controller that is an OPC UA server: the gateway writes to its nodes. The connection is signed and encrypted
 * (Basic256Sha256), and both sides must trust the other's certificate, unless {@code security} says {@code none}.
 *
 * @param endpoint where it is, {@code opc.tcp://host:port} and maybe a path
 * @param security {@code none} for a controller that can do no better: whoever is in its network may then act in the gateway's place; absent otherwise
 * @param certificates folder of the gateway's certificate and of those that it trusts; made at the first start; a relative path
 *     starts at the line file; needed unless {@code security} is {@code none}
 * @param username user at the controller; absent for none
 * @param passwordFile file whose first line is the password; a relative path starts at the line file
 * @param timeoutMillis how long an answer may take before the connection is given up, in milliseconds, 10 to 500; default 250
 * @param lines the nodes of each line, at least one
 */
public record OpcUaClientSettings(
        @JsonProperty(required = true) String endpoint,
        @Nullable String security,
        @Nullable Path certificates,
        @Nullable String username,
        @Nullable Path passwordFile,
        @Nullable Integer timeoutMillis,
        @JsonProperty(required = true) Map<String, OpcUaClientLine> lines)
        implements DriverSettings {
    private static final int DEFAULT_TIMEOUT_MILLIS = 250;
    private static final String OPEN = "none";

    public OpcUaClientSettings {
        int port = EndpointUtil.getPort(endpoint);
        if (!"opc.tcp".equals(EndpointUtil.getScheme(endpoint)) || port < 1 || port > 65_535) {
            throw new IllegalArgumentException(
                    "endpoint is '%s': must be like opc.tcp://192.168.10.21:4840".formatted(endpoint));
        }
        if (security != null && !security.equals(OPEN)) {
            throw new IllegalArgumentException(
                    "security is '%s': must be none, or left out for Basic256Sha256 with signing and encryption"
                            .formatted(security));
        }
        if (security == null && certificates == null) {
            throw new IllegalArgumentException(
                    "certificates is missing: name a folder for the gateway's certificate, it is made at the first start");
        }
        if ((username == null) != (passwordFile == null)) {
            throw new IllegalArgumentException(
                    "username is %s and passwordFile is %s: a login has both".formatted(username, passwordFile));
        }
        if (timeoutMillis != null && (timeoutMillis < 10 || timeoutMillis > 500)) {
            throw new IllegalArgumentException("timeoutMillis is %d: must be from 10 to 500".formatted(timeoutMillis));
        }
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("lines is empty: name the nodes of at least one line");
        }
        lines = Collections.unmodifiableMap(new LinkedHashMap<>(lines));
        checkShared(lines);
    }

    private static void checkShared(Map<String, OpcUaClientLine> lines) {
        Map<ExpandedNodeId, String> uses = new HashMap<>();
        lines.forEach((id, line) -> {
            line.ejectorNodes().forEach((number, node) -> use(uses, node, "ejector %d of %s".formatted(number, id)));
            line.roleNodes().forEach((role, node) -> use(uses, node, "%s of %s".formatted(role.word(), id)));
        });
    }

    private static void use(Map<ExpandedNodeId, String> uses, ExpandedNodeId node, String use) {
        String other = uses.put(node, use);
        if (other != null) {
            throw new IllegalArgumentException("lines has node %s for %s and for %s: each needs its own"
                    .formatted(node.toParseableString(), other, use));
        }
    }

    @Override
    public Set<String> lines(Set<String> all) {
        return lines.keySet();
    }

    @Override
    public DriverSettings startingAt(Path folder) {
        return new OpcUaClientSettings(
                endpoint,
                security,
                certificates == null ? null : folder.resolve(certificates),
                username,
                passwordFile == null ? null : folder.resolve(passwordFile),
                timeoutMillis,
                lines);
    }

    @Override
    public ActuatorDriver open(String name) {
        return new OpcUaClientDriver(this);
    }

    boolean secured() {
        return security == null;
    }

    Duration timeout() {
        return Duration.ofMillis(timeoutMillis == null ? DEFAULT_TIMEOUT_MILLIS : timeoutMillis);
    }
}
