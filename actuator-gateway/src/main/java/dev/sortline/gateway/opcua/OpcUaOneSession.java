// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import dev.sortline.gateway.driver.PasswordFile;
import dev.sortline.gateway.driver.ShotGate;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.OpcUaSession;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.sdk.client.identity.IdentityProvider;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.RequestHeader;
import org.eclipse.milo.opcua.stack.core.types.structured.ViewDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.jspecify.annotations.Nullable;

/**
 * One session with a controller, on one connection that is never made again. A call that gets no answer in time cuts it, so
 * that nothing of that call, or after it, reaches the controller. Belongs to one thread.
 */
final class OpcUaOneSession implements AutoCloseable {
    /** Many controllers have room for few sessions: one that was cut must not hold its place for long. */
    private static final UInteger SESSION_TIMEOUT_MILLIS = uint(10_000);
    /** Each line's status is a call a second, so the library's own would come too late to find anything out. */
    private static final UInteger OWN_KEEP_ALIVE_MILLIS = uint(Integer.MAX_VALUE);

    private final OpcUaClient client;
    private final OpcUaOneConnection connection;
    private final OpcUaSession session;
    private final Duration closing;
    private boolean cut;

    private OpcUaOneSession(OpcUaClient client, OpcUaOneConnection connection, OpcUaSession session, Duration closing) {
        this.client = client;
        this.connection = connection;
        this.session = session;
        this.closing = closing;
    }

    /**
     * Opens a session.
     *
     * @param certificates the gateway's, for a connection that is secured
     * @throws IOException when that fails; one line without the controller's name
     */
    static OpcUaOneSession open(
            OpcUaClientSettings settings,
            EndpointDescription endpoint,
            Optional<OpcUaCertificates> certificates,
            OpcUaDeadline deadline)
            throws IOException, InterruptedException {
        var connection = OpcUaOneConnection.within(deadline.left());
        var client = new OpcUaClient(config(settings, endpoint, certificates, deadline.left()), connection);
        try {
            OpcUaSession session = deadline.await(client.connectAsync().thenCompose(OpcUaClient::getSessionAsync));
            return new OpcUaOneSession(client, connection, session, settings.timeout());
        } catch (IOException | InterruptedException e) {
            boolean passed = connection.isOpen();
            connection.shut();
            // Else the client would try to open a session for ever.
            var unused = client.disconnectAsync();
            if (e instanceof IOException && !passed && certificates.isPresent()) {
                throw new IOException(
                        "%s; has it been told to trust %s?"
                                .formatted(e.getMessage(), certificates.get().ownFile()),
                        e);
            }
            throw e;
        }
    }

    private static OpcUaClientConfig config(
            OpcUaClientSettings settings,
            EndpointDescription endpoint,
            Optional<OpcUaCertificates> certificates,
            Duration within)
            throws IOException {
        var config = OpcUaClientConfig.builder()
                .setApplicationName(LocalizedText.english("Sortline gateway"))
                .setApplicationUri(OpcUaCertificates.APPLICATION_URI)
                .setProductUri("urn:sortline:gateway")
                .setEndpoint(endpoint)
                .setIdentityProvider(identity(settings))
                .setRequestTimeout(uint(within.toMillis()))
                .setSessionTimeout(SESSION_TIMEOUT_MILLIS)
                .setKeepAliveInterval(OWN_KEEP_ALIVE_MILLIS);
        certificates.ifPresent(own -> config.setKeyPair(own.keys())
                .setCertificate(own.own())
                .setCertificateChain(new X509Certificate[] {own.own()})
                .setCertificateValidator(own.servers()));
        return config.build();
    }

    private static IdentityProvider identity(OpcUaClientSettings settings) throws IOException {
        if (settings.username() == null || settings.passwordFile() == null) {
            return new AnonymousProvider();
        }
        return new UsernameProvider(settings.username(), PasswordFile.read(settings.passwordFile()));
    }

    /** The controller's namespaces, as they were when the session began. */
    NamespaceTable namespaces() {
        return client.getNamespaceTable();
    }

    List<DataValue> read(List<ReadValueId> wanted, OpcUaDeadline deadline) throws IOException, InterruptedException {
        var request =
                new ReadRequest(header(deadline), 0.0, TimestampsToReturn.Neither, wanted.toArray(new ReadValueId[0]));
        return each(((ReadResponse) call(request, deadline)).getResults(), wanted.size());
    }

    BrowseResult browse(BrowseDescription wanted, OpcUaDeadline deadline) throws IOException, InterruptedException {
        var request = new BrowseRequest(
                header(deadline), new ViewDescription(null, null, uint(0)), uint(0), new BrowseDescription[] {wanted});
        return each(((BrowseResponse) call(request, deadline)).getResults(), 1).get(0);
    }

    /** Writes, and says what became of each. */
    List<StatusCode> write(List<WriteValue> values, OpcUaDeadline deadline) throws IOException, InterruptedException {
        var request = new WriteRequest(header(deadline), values.toArray(new WriteValue[0]));
        return each(((WriteResponse) call(request, deadline)).getResults(), values.size());
    }

    /** What a shot leaves through. */
    ShotGate gate() {
        return connection.gate();
    }

    private RequestHeader header(OpcUaDeadline deadline) {
        return client.newRequestHeader(
                session.getAuthenticationToken(), uint(deadline.left().toMillis()));
    }

    private Object call(UaRequestMessageType request, OpcUaDeadline deadline) throws IOException, InterruptedException {
        try {
            // Not by the client's own read and write: these wait for its session to come back.
            return deadline.await(client.sendRequestAsync(request));
        } catch (IOException | InterruptedException e) {
            cut = true;
            connection.shut();
            throw e;
        }
    }

    private static <T> List<T> each(T @Nullable [] results, int wanted) throws IOException {
        List<T> all =
                new ArrayList<>(Stream.ofNullable(results).flatMap(Stream::of).toList());
        if (all.size() != wanted) {
            throw new IOException("answers for %d of %d nodes".formatted(all.size(), wanted));
        }
        return all;
    }

    /** Ends the session, if it has not been cut, so that the controller can forget it at once; then the connection. */
    @Override
    public void close() {
        var ending = client.disconnectAsync();
        if (!cut) {
            try {
                OpcUaDeadline.within(closing).await(ending);
            } catch (IOException e) {
                // It is gone either way.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        connection.shut();
    }
}
