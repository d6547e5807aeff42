// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.driver.DriverSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.jspecify.annotations.Nullable;

/**
 * A controller that is an OPC UA server: the gateway writes to its nodes. The connection is signed and encrypted
 * (Basic256Sha256), and both sides must trust the other's certificate, unless {@code security} says {@code none}. Each setting is described
 * where it is declared; docs/line-file.md is made of that.
 */
@JsonClassDescription(
        "A controller that is an OPC UA server: the gateway writes to its nodes. The connection is signed and encrypted"
                + " (Basic256Sha256), and both sides must trust the other's certificate, unless security says none.")
public record OpcUaClientSettings(
        @JsonPropertyDescription("where it is: " + SCHEME + "://host:port and maybe a path")
                @JsonProperty(required = true)
                @Pattern(regexp = "^" + SCHEME + "://.+$") String endpoint,
        @JsonPropertyDescription(OPEN
                        + " for a controller that can do no better: whoever is in its network may then act in the gateway's place;"
                        + " absent otherwise")
                @Pattern(regexp = "^" + OPEN + "$") @Nullable String security,
        @JsonPropertyDescription(
                        "folder of the gateway's certificate and of those that it trusts; made at the first start; needed unless"
                                + " security is " + OPEN)
                @Nullable Path certificates,
        @JsonPropertyDescription("user at the controller, with passwordFile; absent for none") @Nullable String username,
        @JsonPropertyDescription(
                        "file whose first line is the password, or env:NAME for an environment variable; with username")
                @Nullable Path passwordFile,
        @JsonPropertyDescription("how long an answer may take before the connection is given up")
                @JsonProperty(defaultValue = "" + TIMEOUT_MILLIS)
                @Min(LEAST_TIMEOUT_MILLIS) @Max(MOST_TIMEOUT_MILLIS) @Nullable Integer timeoutMillis,
        @JsonPropertyDescription("the nodes of each line, by the line's id")
                @JsonProperty(required = true)
                @Size(min = 1) Map<String, OpcUaClientLine> lines)
        implements DriverSettings {
    private static final String SCHEME = "opc.tcp";
    private static final int TIMEOUT_MILLIS = 250;
    private static final int LEAST_TIMEOUT_MILLIS = 10;
    private static final int MOST_TIMEOUT_MILLIS = 500;
    private static final String OPEN = "none";

    public OpcUaClientSettings {
        int port = EndpointUtil.getPort(endpoint);
        if (!SCHEME.equals(EndpointUtil.getScheme(endpoint)) || port < 1 || port > 65_535) {
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
        if (timeoutMillis != null && (timeoutMillis < LEAST_TIMEOUT_MILLIS || timeoutMillis > MOST_TIMEOUT_MILLIS)) {
            throw new IllegalArgumentException("timeoutMillis is %d: must be from %d to %d"
                    .formatted(timeoutMillis, LEAST_TIMEOUT_MILLIS, MOST_TIMEOUT_MILLIS));
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
    public List<Path> certificateFiles() {
        return certificates == null ? List.of() : OpcUaCertificates.files(certificates);
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
        return new OpcUaClientDriver(name, this);
    }

    boolean secured() {
        return security == null;
    }

    Duration timeout() {
        return Duration.ofMillis(timeoutMillis == null ? TIMEOUT_MILLIS : timeoutMillis);
    }
}
