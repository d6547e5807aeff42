// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import dev.sortline.contract.CameraStatus;
import dev.sortline.contract.CameraTrouble;
import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.driver.CameraBits;
import dev.sortline.gateway.driver.Ports;
import dev.sortline.gateway.firing.Announcement;
import dev.sortline.gateway.firing.Events;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.rules.EventFate;
import dev.sortline.gateway.rules.Shot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.sdk.server.util.HostnameUtil;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The OPC UA server, by Milo's own client. */
@Timeout(60)
class OpcUaServerMiloClientTest {
    private static final LineStatus ALIVE =
            new LineStatus("line-1", true, false, 4_711, Map.of(EventFate.FIRED, 815L), Map.of(3, 42L));

    private final int port = Ports.free();
    private final Shot shot = Events.shot(Events.sort("line-1", "a", 3, Instant.now()), 9);
    private OpcUaCertificates own;
    private ActuatorDriver driver;
    private OpcUaClient client;

    @TempDir
    private Path folder;

    @BeforeEach
    void serve() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("password"), "secret\n");
        own = OpcUaCertificates.in("plc", folder.resolve("client"), Set.of("localhost"));
        driver = new OpcUaServerSettings(port, "localhost", Path.of("certificates"), "scada", Path.of("password"))
                .startingAt(folder)
                .open("opc");
    }

    @AfterEach
    void stop() throws UaException {
        if (client != null) {
            client.disconnect();
        }
        driver.disconnect();
        own.close();
    }

    @Test
    void readsWhatTheLineTells() throws Exception {
        // Given
        start();
        connect("secret");

        // When
        List<DataValue> values = client.readValues(
                0.0,
                TimestampsToReturn.Neither,
                List.of(node("Heartbeat"), node("Alive"), node("LastItem/Id"), node("Totals/fired")));

        // Then
        assertThat(values)
                .extracting(value -> value.value().value())
                .containsExactly(uint(4_711), true, "a", uint(815));
    }

    @Test
    void tellsWhichCameraHasWhichTroubleUntilNobodyKnows() throws Exception {
        // Given
        start();
        connect("secret");
        var cameras = List.of(
                new CameraStatus("camera-1", List.of(), 40L, null),
                new CameraStatus("camera-2", List.of(CameraTrouble.SILENT, CameraTrouble.FROZEN), null, null));
        var nodes = List.of(
                node("Cameras/Well"),
                node("Cameras/Trouble"),
                node("Cameras/camera-1/Troubles"),
                node("Cameras/camera-1/LastFrameAge"),
                node("Cameras/camera-2/Troubles"),
                node("Cameras/camera-2/LastFrameAge"));

        // When
        driver.beat(new LineStatus("line-1", true, false, 4_712, Map.of(), Map.of(), cameras));
        List<DataValue> known = client.readValues(0.0, TimestampsToReturn.Neither, nodes);
        driver.beat(new LineStatus("line-1", false, false, 4_712, Map.of(), Map.of()));
        List<DataValue> unknown = client.readValues(0.0, TimestampsToReturn.Neither, nodes);

        // Then
        assertThat(known)
                .extracting(value -> value.value().value())
                .containsExactly(false, uint(0b1001), "", 40L, "SILENT FROZEN", -1L);
        assertThat(unknown)
                .extracting(value -> value.value().value())
                .containsExactly(false, uint(CameraBits.UNKNOWN), "UNKNOWN", -1L, "UNKNOWN", -1L);
    }

    @Test
    void clientGetsTheServersAddressBackByTheNameThatItAskedFor() throws Exception {
        // Given
        var served = new OpcUaServerSettings(port, null, Path.of("own-names"), "scada", Path.of("password"))
                .startingAt(folder)
                .open("opc");
        served.connect();

        // When
        List<String> urls = new ArrayList<>();
        for (String name : List.of("localhost", "127.0.0.1")) {
            DiscoveryClient.getEndpoints("opc.tcp://" + name + ":" + port + "/sortline/discovery").get().stream()
                    .map(EndpointDescription::getEndpointUrl)
                    .forEach(urls::add);
        }
        served.disconnect();

        // Then
        assertThat(urls)
                .containsExactly(
                        "opc.tcp://localhost:" + port + "/sortline", "opc.tcp://127.0.0.1:" + port + "/sortline");
    }

    @Test
    void serverIsNamedAsItsMachineUnlessTheLineFileSaysOtherwise() {
        // Given
        var nameless = new OpcUaServerSettings(port, null, Path.of("c"), "scada", Path.of("p"));
        var named = new OpcUaServerSettings(port, "gateway.plant", Path.of("c"), "scada", Path.of("p"));

        // When
        Set<String> own = nameless.hostnames();
        Set<String> given = named.hostnames();

        // Then
        assertThat(own).contains(HostnameUtil.getHostname(), "localhost").noneMatch(name -> name.contains(":"));
        assertThat(given).containsExactly("gateway.plant");
    }

    @Test
    void browsesFromTheObjectsFolderDownToAnEjector() throws Exception {
        // Given
        start();
        connect("secret");

        // When
        List<String> path = List.of(
                children(NodeIds.ObjectsFolder).toString(),
                children(node("")).toString(),
                children(node("Ejectors/3")).toString());

        // Then
        assertThat(path.get(0)).contains("Sortline");
        assertThat(path.get(1)).contains("Heartbeat", "Ejectors", "LastItem", "Totals");
        assertThat(path.get(2)).contains("Fire", "Shot", "Shots");
    }

    @Test
    void subscriberIsToldOfAShotAndOfItsEnd() throws Exception {
        // Given
        start();
        connect("secret");
        List<Object> told = new CopyOnWriteArrayList<>();
        subscribe(node("Ejectors/3/Fire"), told);
        await().until(() -> told.size() == 1);

        // When
        driver.fire(shot, Events.inTime());
        await().until(() -> told.size() == 2);
        driver.release(shot);
        await().until(() -> told.size() == 3);

        // Then
        assertThat(told).containsExactly(false, true, false);
    }

    @Test
    void nothingCanBeWritten() throws Exception {
        // Given
        start();
        connect("secret");

        // When
        List<StatusCode> results =
                client.writeValues(List.of(node("Ejectors/3/Fire")), List.of(DataValue.valueOnly(new Variant(true))));

        // Then
        assertThat(results).extracting(OpcUaStatus::of).containsExactly("Bad_UserAccessDenied");
    }

    @Test
    void wrongPasswordIsRefused() throws Exception {
        // Given
        start();

        // When
        var connecting = assertThatThrownBy(() -> connect("guess"));

        // Then
        connecting.satisfies(refusal ->
                assertThat(OpcUaStatus.of(refusal)).containsAnyOf("Bad_IdentityTokenRejected", "Bad_UserAccessDenied"));
    }

    @Test
    void untrustedCertificateIsRefusedAndKept() throws Exception {
        // Given
        driver.connect();

        // When
        var connecting = assertThatThrownBy(() -> connect("secret"));

        // Then
        connecting.isInstanceOf(UaException.class);
        try (var rejected = Files.list(folder.resolve("certificates/rejected"))) {
            assertThat(rejected).hasSize(1);
        }
    }

    /** Serves, and trusts the client from the start. */
    private void start() throws IOException, InterruptedException {
        Path trusted = Files.createDirectories(folder.resolve("certificates/pki/trusted/certs"));
        Files.copy(own.ownFile(), trusted.resolve("client.der"));
        driver.connect();
        driver.beat(ALIVE);
        driver.announce(new Announcement(shot.event(), shot, null));
        driver.release(shot);
    }

    private void connect(String password) throws UaException {
        client = OpcUaClient.create(
                "opc.tcp://localhost:%d/sortline/discovery".formatted(port),
                endpoints -> endpoints.stream()
                        .filter(endpoint ->
                                SecurityPolicy.Basic256Sha256.getUri().equals(endpoint.getSecurityPolicyUri()))
                        .findFirst(),
                transport -> {},
                config -> config.setApplicationUri(OpcUaCertificates.APPLICATION_URI)
                        .setKeyPair(own.keys())
                        .setCertificate(own.own())
                        .setCertificateChain(new X509Certificate[] {own.own()})
                        .setIdentityProvider(new UsernameProvider("scada", password)));
        client.connect();
    }

    private NodeId node(String path) throws UaException {
        int namespace = client.getNamespaceTable().getIndex(LineNamespace.URI).intValue();
        return new NodeId(namespace, path.isEmpty() ? "line-1" : "line-1/" + path);
    }

    private List<String> children(NodeId node) throws UaException {
        var references = client.browse(new BrowseDescription(
                        node, BrowseDirection.Forward, NodeIds.HierarchicalReferences, true, uint(0), uint(63)))
                .getReferences();
        return List.of(references).stream()
                .map(reference -> reference.getBrowseName().name())
                .toList();
    }

    private void subscribe(NodeId node, List<Object> told) throws UaException {
        var subscription = new OpcUaSubscription(client, 10.0);
        subscription.create();
        var item = OpcUaMonitoredItem.newDataItem(node);
        item.setSamplingInterval(10.0);
        item.setQueueSize(uint(10));
        item.setDataValueListener((source, value) -> told.add(value.value().value()));
        subscription.addMonitoredItem(item);
        subscription.createMonitoredItems();
    }
}
