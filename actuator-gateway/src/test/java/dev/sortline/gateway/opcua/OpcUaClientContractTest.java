// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.driver.ActuatorDriverContractTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class OpcUaClientContractTest extends ActuatorDriverContractTest {
    private static final String PROGRAM = "http://plc.example/program";
    private static final String EJECTOR = "Ejector";
    private static final String HEARTBEAT = "Heartbeat";

    /** Made once: it takes long. */
    @TempDir
    private static Path certificatesFolder;

    private static OpcUaCertificates certificates;

    @BeforeAll
    static void makeCertificates() throws IOException {
        certificates = OpcUaCertificates.in("plc", certificatesFolder, Set.of("localhost"));
    }

    @AfterAll
    static void closeCertificates() {
        certificates.close();
    }

    @Override
    protected ActuatorDriver driver(int port) {
        var line = new OpcUaClientLine(
                Map.of("1-8", "nsu=" + PROGRAM + ";s=" + EJECTOR + OpcUaClientLine.NUMBER),
                "nsu=" + PROGRAM + ";s=" + HEARTBEAT,
                null,
                null,
                null,
                null,
                null);
        return new OpcUaClientSettings("opc.tcp://localhost:" + port, "none", null, null, null, 500, Map.of(LINE, line))
                .open("plc");
    }

    @Override
    protected Controller controller(int port) throws Exception {
        var server = new OpcUaServer(
                OpcUaServerConfig.builder()
                        .setApplicationName(LocalizedText.english("controller"))
                        .setApplicationUri("urn:plc.example")
                        .setProductUri("urn:plc.example")
                        .setCertificateManager(certificates.manager())
                        .setIdentityValidator(AnonymousIdentityValidator.INSTANCE)
                        .setEndpoints(Set.of(EndpointConfig.newBuilder()
                                .setTransportProfile(TransportProfile.TCP_UASC_UABINARY)
                                .setBindAddress("127.0.0.1")
                                .setBindPort(port)
                                .setHostname("localhost")
                                .setSecurityPolicy(SecurityPolicy.None)
                                .setSecurityMode(MessageSecurityMode.None)
                                .addTokenPolicy(OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS)
                                .build()))
                        .build(),
                profile -> new OpcTcpServerTransport(
                        OpcTcpServerTransportConfig.newBuilder().build()));
        var program = new Program(server);
        program.startup();
        server.startup().get(60, TimeUnit.SECONDS);
        return new Controller() {
            @Override
            public List<Integer> shots() {
                return List.copyOf(program.shots);
            }

            @Override
            public void settle() throws Exception {
                var beside = driver(port);
                beside.connect();
                beside.disconnect();
            }

            @Override
            public void close() throws Exception {
                program.shutdown();
                server.shutdown().get(60, TimeUnit.SECONDS);
            }
        };
    }

    /** What the controller's program shows of itself: remembers which ejectors are switched on. */
    private static final class Program extends ManagedNamespaceWithLifecycle {
        private final List<Integer> shots = new CopyOnWriteArrayList<>();

        Program(OpcUaServer server) {
            super(server, PROGRAM);
            for (int ejector = 1; ejector <= 8; ejector++) {
                add(EJECTOR + ejector, NodeIds.Boolean, false);
            }
            add(HEARTBEAT, NodeIds.UInt16, UShort.MIN);
        }

        private void add(String name, NodeId type, Object value) {
            var node = new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
                    .setNodeId(newNodeId(name))
                    .setBrowseName(newQualifiedName(name))
                    .setDisplayName(LocalizedText.english(name))
                    .setDataType(type)
                    .setTypeDefinition(NodeIds.BaseDataVariableType)
                    .setAccessLevel(AccessLevel.READ_WRITE)
                    .setUserAccessLevel(AccessLevel.READ_WRITE)
                    .build();
            node.setValue(new DataValue(new Variant(value)));
            getNodeManager().addNode(node);
        }

        @Override
        public List<StatusCode> write(WriteContext context, List<WriteValue> values) {
            for (WriteValue each : values) {
                String name = String.valueOf(each.getNodeId().getIdentifier());
                if (name.startsWith(EJECTOR)
                        && Boolean.TRUE.equals(each.getValue().value().value())) {
                    shots.add(Integer.parseInt(name.substring(EJECTOR.length())));
                }
            }
            return super.write(context, values);
        }

        @Override
        public void onDataItemsCreated(List<DataItem> items) {}

        @Override
        public void onDataItemsModified(List<DataItem> items) {}

        @Override
        public void onDataItemsDeleted(List<DataItem> items) {}

        @Override
        public void onMonitoringModeChanged(List<MonitoredItem> items) {}
    }
}
