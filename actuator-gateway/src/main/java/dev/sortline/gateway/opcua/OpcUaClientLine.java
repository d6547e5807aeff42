// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Size;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.milo.opcua.stack.core.UaRuntimeException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a line in a controller that is an OPC UA server, as docs/plc.md has them. Node ids are written
 * {@code ns=3;s=MAIN.ejector[1]}, or {@code nsu=uri;s=…} where the namespace has no fixed index. Each setting is described where it is
 * declared; docs/line-file.md is made of that.
 */
@JsonClassDescription(
        "The nodes of a line in a controller that is an OPC UA server, as plc.md has them. Node ids are written"
                + " ns=3;s=MAIN.ejector[1], or nsu=uri;s=… where the namespace has no fixed index. No node has two uses.")
public record OpcUaClientLine(
        @JsonPropertyDescription(
                        "Boolean nodes by ejector: the ejector's number and its node, or a range such as 1-8 and a node id with "
                                + NUMBER + " in the number's place; 1 to " + MOST_EJECTORS + " ejectors")
                @JsonProperty(required = true)
                @Size(min = 1) Map<String, String> ejectors,
        @JsonPropertyDescription("goes up while ejectors may fire; absent for none") @Nullable String heartbeat,
        @JsonPropertyDescription("number of the last shot; absent for none") @Nullable String shot,
        @JsonPropertyDescription("the last shot's item; absent for none") @Nullable String item,
        @JsonPropertyDescription("the last shot's lane; absent for none") @Nullable String lane,
        @JsonPropertyDescription("the last shot's confidence; absent for none") @Nullable String confidence,
        @JsonPropertyDescription("what the line's cameras have, 0 when all are well; absent for none") @Nullable String cameras) {
    /** Stands for the ejector's number. */
    static final String NUMBER = "{ejector}";

    private static final int MOST_EJECTORS = 256;
    private static final Pattern KEY = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

    public OpcUaClientLine {
        ejectors = Collections.unmodifiableMap(new LinkedHashMap<>(ejectors));
        int count = expanded(ejectors).size();
        if (count < 1 || count > MOST_EJECTORS) {
            throw new IllegalArgumentException(
                    "ejectors has %d of them: must be from 1 to %d".formatted(count, MOST_EJECTORS));
        }
        var unused = nodes(heartbeat, shot, item, lane, confidence, cameras);
    }

    /** The node of each ejector. */
    Map<Integer, ExpandedNodeId> ejectorNodes() {
        return expanded(ejectors);
    }

    /** The nodes that tell something, those that are given. */
    Map<OpcUaRole, ExpandedNodeId> roleNodes() {
        return nodes(heartbeat, shot, item, lane, confidence, cameras);
    }

    private static Map<OpcUaRole, ExpandedNodeId> nodes(
            @Nullable String heartbeat,
            @Nullable String shot,
            @Nullable String item,
            @Nullable String lane,
            @Nullable String confidence,
            @Nullable String cameras) {
        Map<OpcUaRole, ExpandedNodeId> nodes = new LinkedHashMap<>();
        put(nodes, OpcUaRole.HEARTBEAT, "heartbeat", heartbeat);
        put(nodes, OpcUaRole.SHOT, "shot", shot);
        put(nodes, OpcUaRole.ITEM, "item", item);
        put(nodes, OpcUaRole.LANE, "lane", lane);
        put(nodes, OpcUaRole.CONFIDENCE, "confidence", confidence);
        put(nodes, OpcUaRole.CAMERAS, "cameras", cameras);
        return nodes;
    }

    private static void put(Map<OpcUaRole, ExpandedNodeId> nodes, OpcUaRole role, String key, @Nullable String node) {
        if (node != null) {
            nodes.put(role, parsed(key, node));
        }
    }

    private static Map<Integer, ExpandedNodeId> expanded(Map<String, String> ejectors) {
        Map<Integer, ExpandedNodeId> nodes = new TreeMap<>();
        ejectors.forEach((key, node) -> {
            Matcher range = KEY.matcher(key);
            if (!range.matches()) {
                throw new IllegalArgumentException(
                        "ejectors has '%s': must be an ejector's number or a range such as 1-8".formatted(key));
            }
            boolean single = range.group(2) == null;
            int first = Integer.parseInt(range.group(1));
            int last = single ? first : Integer.parseInt(range.group(2));
            if (last < first || last - first >= MOST_EJECTORS) {
                throw new IllegalArgumentException(
                        "ejectors has '%s': a range goes up, over at most %d".formatted(key, MOST_EJECTORS));
            }
            if (!single && !node.contains(NUMBER)) {
                throw new IllegalArgumentException(
                        "ejectors has the one node '%s' for %s: write %s where its number goes"
                                .formatted(node, key, NUMBER));
            }
            for (int number = first; number <= last; number++) {
                if (nodes.put(number, parsed("ejectors", node.replace(NUMBER, "" + number))) != null) {
                    throw new IllegalArgumentException("ejectors has number %d twice".formatted(number));
                }
            }
        });
        return nodes;
    }

    private static ExpandedNodeId parsed(String key, String node) {
        try {
            var id = ExpandedNodeId.parse(node);
            if (id.isLocal() && id.isNotNull()) {
                return id;
            }
        } catch (UaRuntimeException e) {
            // As for one that nothing has.
        }
        throw new IllegalArgumentException(
                "%s has '%s', which is no node id: write it like ns=4;s=MAIN.%s".formatted(key, node, key));
    }
}
