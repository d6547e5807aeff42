// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside.opcua;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.sortline.camera.outside.CallSource;
import dev.sortline.camera.outside.CallSourceSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.milo.opcua.stack.core.UaRuntimeException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.jspecify.annotations.Nullable;

/**
 * A controller that is an OPC UA server. Node ids are written {@code ns=3;s=MAIN.trigger}, or {@code nsu=uri;s=…}. Each setting is described
 * where it is declared; docs/line-file.md is made of that.
 */
@JsonClassDescription(
        "A controller that is an OPC UA server: a node of it that goes on, or changes, is a trigger. It sets item and encoder before, and"
                + " leaves them until it is answered. Node ids are written ns=3;s=MAIN.trigger, or nsu=uri;s=… where the namespace has no"
                + " fixed index. Only open connections yet: whoever is in the network may then act in the producer's place.")
public record OpcUaCallSettings(
        @JsonPropertyDescription("where it is: " + SCHEME + "://host:port and maybe a path")
                @JsonProperty(required = true)
                @Pattern(regexp = "^" + SCHEME + "://.+$") String endpoint,
        @JsonPropertyDescription(OPEN
                        + ": neither signed nor encrypted, nobody logs in; must be said, for there is no other yet")
                @JsonProperty(required = true)
                @Pattern(regexp = "^" + OPEN + "$") String security,
        @JsonPropertyDescription("how long an answer may take before the connection is given up")
                @JsonProperty(defaultValue = "" + TIMEOUT_MILLIS)
                @Min(LEAST_TIMEOUT_MILLIS) @Max(MOST_TIMEOUT_MILLIS) @Nullable Integer timeoutMillis,
        @JsonPropertyDescription("how often the controller looks at its node and tells of it, if it can")
                @JsonProperty(defaultValue = "" + PUBLISH_MILLIS)
                @Min(1) @Max(MOST_PUBLISH_MILLIS) @Nullable Integer publishMillis,
        @JsonPropertyDescription(
                        "node of the trigger: one of type Boolean that goes on, or a number or text that changes")
                @JsonProperty(required = true)
                String trigger,
        @JsonPropertyDescription("node of the item's id, a text or a whole number; absent for none") @Nullable String item,
        @JsonPropertyDescription("node of the encoder's counts, a whole number; absent for none") @Nullable String encoder,
        @JsonPropertyDescription(
                        "Boolean node that goes on when a picture was taken, and off when the trigger goes off or the next comes; absent"
                                + " for none")
                @Nullable String taken,
        @JsonPropertyDescription("the same for a trigger that got no picture; absent for none") @Nullable String missed)
        implements CallSourceSettings {
    private static final String SCHEME = "opc.tcp";
    private static final String OPEN = "none";
    private static final int TIMEOUT_MILLIS = 1_000;
    private static final int LEAST_TIMEOUT_MILLIS = 10;
    private static final int MOST_TIMEOUT_MILLIS = 10_000;
    private static final int PUBLISH_MILLIS = 10;
    private static final int MOST_PUBLISH_MILLIS = 1_000;

    public OpcUaCallSettings {
        int port = EndpointUtil.getPort(endpoint);
        if (!SCHEME.equals(EndpointUtil.getScheme(endpoint)) || port < 1 || port > 65_535) {
            throw new IllegalArgumentException(
                    "endpoint is '%s': must be like opc.tcp://192.168.10.21:4840".formatted(endpoint));
        }
        if (!OPEN.equals(security)) {
            throw new IllegalArgumentException(
                    "security is '%s': must be none, for triggers come by open connections alone".formatted(security));
        }
        check("timeoutMillis", timeoutMillis, LEAST_TIMEOUT_MILLIS, MOST_TIMEOUT_MILLIS);
        check("publishMillis", publishMillis, 1, MOST_PUBLISH_MILLIS);
        checkNode("trigger", trigger);
        checkNode("item", item);
        checkNode("encoder", encoder);
        checkNode("taken", taken);
        checkNode("missed", missed);
    }

    @Override
    public CallSource open(String name, InstantSource clock) {
        return new OpcUaCalls(this, name, clock);
    }

    Duration timeout() {
        return Duration.ofMillis(timeoutMillis == null ? TIMEOUT_MILLIS : timeoutMillis);
    }

    double publishing() {
        return publishMillis == null ? PUBLISH_MILLIS : publishMillis;
    }

    private static void check(String what, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            throw new IllegalArgumentException("%s is %d: must be from %d to %d".formatted(what, value, least, most));
        }
    }

    private static void checkNode(String what, @Nullable String node) {
        try {
            if (node == null || ExpandedNodeId.parse(node).isNotNull()) {
                return;
            }
        } catch (UaRuntimeException e) {
            // As for one that nothing has.
        }
        throw new IllegalArgumentException(
                "%s is '%s', which is no node id: write it like ns=4;s=MAIN.%s".formatted(what, node, what));
    }
}
