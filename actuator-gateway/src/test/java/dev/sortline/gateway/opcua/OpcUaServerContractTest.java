// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import static org.awaitility.Awaitility.await;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.driver.ServingDriverContractTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class OpcUaServerContractTest extends ServingDriverContractTest {
    /** Made once: it takes long. */
    @TempDir
    private static Path folder;

    private static OpcUaCertificates own;

    @BeforeAll
    static void makeCertificates() throws IOException {
        Files.writeString(folder.resolve("password"), "secret\n");
        own = OpcUaCertificates.in("plc", folder.resolve("client"), Set.of("localhost"));
        Path trusted = Files.createDirectories(folder.resolve("certificates/pki/trusted/certs"));
        Files.copy(own.ownFile(), trusted.resolve("client.der"));
    }

    @AfterAll
    static void closeCertificates() {
        own.close();
    }

    @Override
    protected ActuatorDriver driver() {
        return new OpcUaServerSettings(port, "localhost", Path.of("certificates"), "scada", Path.of("password"))
                .startingAt(folder)
                .open("opc");
    }

    @Override
    protected Controller controller(int at) throws Exception {
        OpcUaClient client = client(at);
        client.connect();
        List<Integer> shots = new CopyOnWriteArrayList<>();
        var seen = new AtomicInteger();
        int namespace = client.getNamespaceTable().getIndex(LineNamespace.URI).intValue();
        var subscription = new OpcUaSubscription(client, 10.0);
        subscription.create();
        for (int ejector = 3; ejector <= 6; ejector++) {
            int number = ejector;
            var item = OpcUaMonitoredItem.newDataItem(new NodeId(namespace, LINE + "/Ejectors/" + number + "/Fire"));
            item.setSamplingInterval(10.0);
            item.setQueueSize(uint(10));
            item.setDataValueListener((source, value) -> {
                seen.incrementAndGet();
                if (Boolean.TRUE.equals(value.value().value())) {
                    shots.add(number);
                }
            });
            subscription.addMonitoredItem(item);
        }
        subscription.createMonitoredItems();
        await().until(() -> seen.get() >= 4);
        return new Controller() {
            @Override
            public List<Integer> shots() {
                return List.copyOf(shots);
            }

            @Override
            public void close() {
                // It may wait for a server that has cut it off.
                var unused = client.disconnectAsync();
            }
        };
    }

    private OpcUaClient client(int at) throws UaException {
        return OpcUaClient.create(
                "opc.tcp://localhost:" + at + "/sortline/discovery",
                endpoints -> endpoints.stream()
                        .filter(endpoint ->
                                SecurityPolicy.Basic256Sha256.getUri().equals(endpoint.getSecurityPolicyUri()))
                        .map(endpoint -> EndpointUtil.updateUrl(endpoint, "localhost", at))
                        .findFirst(),
                transport -> {},
                config -> config.setApplicationUri(OpcUaCertificates.APPLICATION_URI)
                        .setKeyPair(own.keys())
                        .setCertificate(own.own())
                        .setCertificateChain(new X509Certificate[] {own.own()})
                        .setIdentityProvider(new UsernameProvider("scada", "secret")));
    }
}
