// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;

/** Looks at a controller's nodes before anything is written to them. */
final class OpcUaNodes {
    private static final List<AttributeId> ATTRIBUTES = List.of(
            AttributeId.NodeClass,
            AttributeId.ValueRank,
            AttributeId.AccessLevel,
            AttributeId.UserAccessLevel,
            AttributeId.DataType);
    /** More than any chain of types is long. */
    private static final int MOST_SUPERTYPES = 16;

    /** As many attributes as any controller takes in one call. */
    private static final int MOST_NODES = 100 / ATTRIBUTES.size();

    /** A node, and what it is to be told. */
    record Wanted(ExpandedNodeId node, OpcUaRole role) {}

    private final OpcUaOneSession session;
    private final OpcUaDeadline deadline;
    private final Map<NodeId, Optional<OpcUaType>> types = new HashMap<>();

    OpcUaNodes(OpcUaOneSession session, OpcUaDeadline deadline) {
        this.session = session;
        this.deadline = deadline;
    }

    /**
     * The nodes, when all of them are there, can be written by this user, and have a type that fits.
     *
     * @throws IOException otherwise; one line that names the first that does not, without the controller's name
     */
    Map<ExpandedNodeId, OpcUaVariable> find(List<Wanted> wanted) throws IOException, InterruptedException {
        Map<ExpandedNodeId, OpcUaVariable> found = new HashMap<>();
        for (int first = 0; first < wanted.size(); first += MOST_NODES) {
            List<Wanted> some = wanted.subList(first, Math.min(wanted.size(), first + MOST_NODES));
            List<NodeId> ids = new ArrayList<>();
            for (Wanted one : some) {
                ids.add(id(one));
            }
            List<DataValue> attributes =
                    session.read(ids.stream().flatMap(OpcUaNodes::attributes).toList(), deadline);
            for (int i = 0; i < ids.size(); i++) {
                int at = i * ATTRIBUTES.size();
                Wanted one = some.get(i);
                found.put(one.node(), checked(ids.get(i), one.role(), attributes.subList(at, at + ATTRIBUTES.size())));
            }
        }
        return found;
    }

    private NodeId id(Wanted one) throws IOException {
        return one.node()
                .toNodeId(session.namespaces())
                .orElseThrow(() -> new IOException("has no namespace for node %s for %s, only %s"
                        .formatted(
                                one.node().toParseableString(),
                                one.role().word(),
                                List.of(session.namespaces().toArray()))));
    }

    private static Stream<ReadValueId> attributes(NodeId id) {
        return ATTRIBUTES.stream()
                .map(attribute -> new ReadValueId(id, attribute.uid(), null, QualifiedName.NULL_VALUE));
    }

    private OpcUaVariable checked(NodeId id, OpcUaRole role, List<DataValue> attributes)
            throws IOException, InterruptedException {
        String name = "node %s for %s".formatted(id.toParseableString(), role.word());
        checkVariable(name, attributes);
        checkWritable(name, attributes);
        return new OpcUaVariable(id, type(name, role, attributes.get(4)));
    }

    private static void checkVariable(String name, List<DataValue> attributes) throws IOException {
        DataValue found = attributes.get(0);
        if (found.statusCode().value() == StatusCodes.Bad_NodeIdUnknown
                || found.statusCode().value() == StatusCodes.Bad_NodeIdInvalid) {
            throw new IOException("has no %s".formatted(name));
        }
        if (!found.statusCode().isGood()) {
            throw new IOException("does not show %s, %s".formatted(name, OpcUaStatus.of(found.statusCode())));
        }
        if (!Integer.valueOf(NodeClass.Variable.getValue()).equals(found.value().value())) {
            throw new IOException("has %s, but it is no variable".formatted(name));
        }
        if (attributes.get(1).value().value() instanceof Integer rank && rank >= 0) {
            throw new IOException("has %s, but it is an array: name the node of one of its elements".formatted(name));
        }
    }

    private static void checkWritable(String name, List<DataValue> attributes) throws IOException {
        if (!mayWrite(attributes.get(2))) {
            throw new IOException("has %s, but only to be read: let it be written by OPC UA".formatted(name));
        }
        if (!mayWrite(attributes.get(3))) {
            throw new IOException("has %s, but this user may not write it".formatted(name));
        }
    }

    private static boolean mayWrite(DataValue level) {
        return !(level.value().value() instanceof UByte bits)
                || AccessLevel.fromValue(bits).contains(AccessLevel.CurrentWrite);
    }

    private OpcUaType type(String name, OpcUaRole role, DataValue dataType) throws IOException, InterruptedException {
        NodeId declared = dataType.value().value() instanceof NodeId id ? id : NodeId.NULL_VALUE;
        Optional<OpcUaType> known = types.get(declared);
        if (known == null) {
            known = madeOf(declared);
            types.put(declared, known);
        }
        return known.filter(role.fitting()::contains)
                .orElseThrow(() -> new IOException("has %s, but of type %s: must be %s"
                        .formatted(
                                name,
                                OpcUaType.of(declared).map(OpcUaType::word).orElseGet(declared::toParseableString),
                                role.fitting().stream().map(OpcUaType::word).collect(Collectors.joining(", ")))));
    }

    /** Controllers call their own types WORD, STRING and so on: what they are made of is what counts. */
    private Optional<OpcUaType> madeOf(NodeId declared) throws IOException, InterruptedException {
        NodeId type = declared;
        Optional<OpcUaType> known = OpcUaType.of(type);
        for (int steps = 0; known.isEmpty() && steps < MOST_SUPERTYPES && type.isNotNull(); steps++) {
            type = supertype(type);
            known = OpcUaType.of(type);
        }
        return known;
    }

    private NodeId supertype(NodeId type) throws IOException, InterruptedException {
        ReferenceDescription[] references = session.browse(
                        new BrowseDescription(
                                type, BrowseDirection.Inverse, NodeIds.HasSubtype, false, uint(0), uint(0)),
                        deadline)
                .getReferences();
        return Stream.ofNullable(references)
                .flatMap(Stream::of)
                .map(ReferenceDescription::getNodeId)
                .flatMap(id -> id.toNodeId(session.namespaces()).stream())
                .findFirst()
                .orElse(NodeId.NULL_VALUE);
    }
}
