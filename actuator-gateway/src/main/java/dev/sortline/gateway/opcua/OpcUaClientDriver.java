// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.driver.CameraBits;
import dev.sortline.gateway.driver.ShotGate;
import dev.sortline.gateway.firing.Announcement;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.rules.Shot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.jspecify.annotations.Nullable;

/** Writes to the nodes of a controller that is an OPC UA server. Each write waits for its answer. */
final class OpcUaClientDriver implements ActuatorDriver {
    /** Small controllers take seconds for the secured handshake. */
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    /** As many as any controller takes in one call. */
    private static final int MOST_WRITES = 50;

    private static final ReadValueId STATE =
            new ReadValueId(NodeIds.Server_ServerStatus_State, AttributeId.Value.uid(), null, QualifiedName.NULL_VALUE);

    private final OpcUaClientSettings settings;
    private final Map<String, Set<Integer>> ejectors = new HashMap<>();
    private final Map<String, Nodes> lines = new HashMap<>();
    private final String name;
    private @Nullable OpcUaOneSession session;
    private @Nullable OpcUaCertificates certificates;

    /** What a line's nodes have been found to be. */
    private record Nodes(Map<Integer, OpcUaVariable> ejectors, Map<OpcUaRole, OpcUaVariable> roles) {
        static Nodes of(OpcUaClientLine line, Map<ExpandedNodeId, OpcUaVariable> found) {
            Map<Integer, OpcUaVariable> ejectors = new HashMap<>();
            line.ejectorNodes().forEach((number, node) -> ejectors.put(number, found.get(node)));
            Map<OpcUaRole, OpcUaVariable> roles = new EnumMap<>(OpcUaRole.class);
            line.roleNodes().forEach((role, node) -> roles.put(role, found.get(node)));
            return new Nodes(ejectors, roles);
        }
    }

    /** @param name its name in the line file */
    OpcUaClientDriver(String name, OpcUaClientSettings settings) {
        this.name = name;
        this.settings = settings;
        settings.lines()
                .forEach((id, line) -> ejectors.put(id, line.ejectorNodes().keySet()));
    }

    @Override
    public void connect() throws IOException, InterruptedException {
        var deadline = OpcUaDeadline.within(CONNECT_WITHIN);
        try {
            var opened = Optional.ofNullable(certificates());
            var endpoint = OpcUaEndpoint.find(settings, opened, deadline);
            session = OpcUaOneSession.open(settings, endpoint, opened, deadline);
            findNodes(new OpcUaNodes(session, deadline));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private @Nullable OpcUaCertificates certificates() throws IOException {
        if (certificates == null && settings.certificates() != null && settings.secured()) {
            certificates = OpcUaCertificates.in(name, settings.certificates(), Set.of("localhost"));
        }
        return certificates;
    }

    private void findNodes(OpcUaNodes nodes) throws IOException, InterruptedException {
        List<OpcUaNodes.Wanted> wanted = new ArrayList<>();
        settings.lines().values().forEach(line -> {
            line.ejectorNodes().values().forEach(node -> wanted.add(new OpcUaNodes.Wanted(node, OpcUaRole.EJECTOR)));
            line.roleNodes().forEach((role, node) -> wanted.add(new OpcUaNodes.Wanted(node, role)));
        });
        Map<ExpandedNodeId, OpcUaVariable> found = nodes.find(wanted);
        settings.lines().forEach((id, line) -> lines.put(id, Nodes.of(line, found)));
    }

    @Override
    public void takeOver(String lineId) throws IOException, InterruptedException {
        List<WriteValue> off = line(lineId).ejectors().values().stream()
                .map(ejector -> ejector.with(false))
                .toList();
        for (int first = 0; first < off.size(); first += MOST_WRITES) {
            tell(off.subList(first, Math.min(off.size(), first + MOST_WRITES)));
        }
    }

    @Override
    public boolean reaches(Shot shot) {
        return ejectors.getOrDefault(shot.lineId(), Set.of()).contains(shot.ejector());
    }

    @Override
    public boolean fire(Shot shot, long latestNanos) throws IOException, InterruptedException {
        ShotGate leaving = session().gate();
        leaving.begin(latestNanos);
        try {
            tell(List.of(ejector(shot).with(true)));
        } finally {
            leaving.end();
        }
        return true;
    }

    @Override
    public void report(Shot shot) throws IOException, InterruptedException {
        List<WriteValue> rest = new ArrayList<>();
        line(shot.lineId()).roles().forEach((role, node) -> {
            if (role.isOfShot()) {
                rest.add(node.with(role.of(shot, node.type())));
            }
        });
        if (!rest.isEmpty()) {
            tell(rest);
        }
    }

    @Override
    public void release(Shot shot) throws IOException, InterruptedException {
        tell(List.of(ejector(shot).with(false)));
    }

    @Override
    public void announce(Announcement announcement) {
        // There are no nodes for what has yet to come.
    }

    @Override
    public void beat(LineStatus status) throws IOException, InterruptedException {
        Map<OpcUaRole, OpcUaVariable> roles = line(status.lineId()).roles();
        List<WriteValue> values = new ArrayList<>();
        OpcUaVariable heartbeat = roles.get(OpcUaRole.HEARTBEAT);
        if (heartbeat != null) {
            values.add(heartbeat.with(heartbeat.type().wrapped(status.beat())));
        }
        OpcUaVariable cameras = roles.get(OpcUaRole.CAMERAS);
        if (cameras != null) {
            values.add(cameras.with(cameras.type().wrapped(CameraBits.of(status.cameras()))));
        }
        if (values.isEmpty()) {
            probe();
        } else {
            tell(values);
        }
    }

    @Override
    public void probe() throws IOException, InterruptedException {
        try {
            var unused = session().read(List.of(STATE), OpcUaDeadline.within(settings.timeout()));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void tell(List<WriteValue> values) throws IOException, InterruptedException {
        try {
            write(values, OpcUaDeadline.within(settings.timeout()));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void write(List<WriteValue> values, OpcUaDeadline deadline) throws IOException, InterruptedException {
        List<StatusCode> results = session().write(values, deadline);
        for (int i = 0; i < results.size(); i++) {
            if (!results.get(i).isGood()) {
                throw new IOException("does not take what is written to node %s, %s"
                        .formatted(values.get(i).getNodeId().toParseableString(), OpcUaStatus.of(results.get(i))));
            }
        }
    }

    @Override
    public void disconnect() {
        OpcUaOneSession leaving = session;
        session = null;
        lines.clear();
        if (leaving != null) {
            leaving.close();
        }
        if (certificates != null) {
            certificates.close();
            certificates = null;
        }
    }

    private OpcUaVariable ejector(Shot shot) {
        OpcUaVariable ejector = line(shot.lineId()).ejectors().get(shot.ejector());
        if (ejector == null) {
            throw new IllegalArgumentException(
                    "ejector %d of line %s has no node here".formatted(shot.ejector(), shot.lineId()));
        }
        return ejector;
    }

    private Nodes line(String id) {
        Nodes line = lines.get(id);
        if (line == null) {
            throw new IllegalArgumentException("line %s has no nodes here".formatted(id));
        }
        return line;
    }

    private OpcUaOneSession session() throws IOException {
        if (session == null) {
            throw new IOException("no connection");
        }
        return session;
    }

    private IOException failure(IOException e) {
        return new IOException("OPC UA controller at %s: %s".formatted(settings.endpoint(), e.getMessage()), e);
    }
}
