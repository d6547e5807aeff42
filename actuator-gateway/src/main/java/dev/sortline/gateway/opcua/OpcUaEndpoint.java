// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;

/** Asks a controller how it may be reached, and takes the one way that the settings allow. */
final class OpcUaEndpoint {
    private final OpcUaClientSettings settings;
    private final SecurityPolicy policy;
    private final MessageSecurityMode mode;

    private OpcUaEndpoint(OpcUaClientSettings settings) {
        this.settings = settings;
        policy = settings.secured() ? SecurityPolicy.Basic256Sha256 : SecurityPolicy.None;
        mode = settings.secured() ? MessageSecurityMode.SignAndEncrypt : MessageSecurityMode.None;
    }

    /**
     * The way to the controller. Where it is secured, the certificate is one that is trusted.
     *
     * @throws IOException when it cannot be reached, does not offer that way, or is not trusted
     */
    static EndpointDescription find(
            OpcUaClientSettings settings, Optional<OpcUaCertificates> certificates, OpcUaDeadline deadline)
            throws IOException, InterruptedException {
        var wanted = new OpcUaEndpoint(settings);
        EndpointDescription found = wanted.among(offered(settings.endpoint(), deadline));
        if (certificates.isPresent()) {
            checkTrusted(found, certificates.get());
        }
        // Many controllers name themselves as only they can be reached.
        return EndpointUtil.updateUrl(
                found, EndpointUtil.getHost(settings.endpoint()), EndpointUtil.getPort(settings.endpoint()));
    }

    private static List<EndpointDescription> offered(String url, OpcUaDeadline deadline)
            throws IOException, InterruptedException {
        var connection = OpcUaOneConnection.within(deadline.left());
        var open = new EndpointDescription(
                url,
                null,
                null,
                MessageSecurityMode.None,
                SecurityPolicy.None.getUri(),
                null,
                Stack.TCP_UASC_UABINARY_TRANSPORT_URI,
                ubyte(0));
        try {
            var discovery = new DiscoveryClient(open, connection);
            deadline.await(discovery.connectAsync());
            var response = deadline.await(
                    discovery.getEndpoints(url, new String[0], new String[] {Stack.TCP_UASC_UABINARY_TRANSPORT_URI}));
            return Stream.ofNullable(response.getEndpoints())
                    .flatMap(Stream::of)
                    .toList();
        } finally {
            connection.shut();
        }
    }

    private EndpointDescription among(List<EndpointDescription> offered) throws IOException {
        List<EndpointDescription> secure =
                offered.stream().filter(this::isAsSecure).toList();
        if (secure.isEmpty()) {
            throw new IOException("offers no %s with %s, only %s: %s"
                    .formatted(
                            policy,
                            mode,
                            offered.stream().map(OpcUaEndpoint::told).distinct().toList(),
                            settings.secured()
                                    ? "turn it on in the controller"
                                    : "take security: none out of the line file"));
        }
        UserTokenType login = settings.username() == null ? UserTokenType.Anonymous : UserTokenType.UserName;
        return secure.stream()
                .filter(endpoint -> takes(endpoint, login))
                .findFirst()
                .orElseThrow(() -> new IOException("lets nobody in as %s: %s"
                        .formatted(
                                login,
                                settings.username() == null
                                        ? "give a username"
                                        : "take username out of the line file, or turn users on in the controller")));
    }

    private boolean isAsSecure(EndpointDescription endpoint) {
        return policy.getUri().equals(endpoint.getSecurityPolicyUri())
                && mode == endpoint.getSecurityMode()
                && Objects.equals(endpoint.getTransportProfileUri(), Stack.TCP_UASC_UABINARY_TRANSPORT_URI);
    }

    private static boolean takes(EndpointDescription endpoint, UserTokenType login) {
        return Stream.ofNullable(endpoint.getUserIdentityTokens())
                .flatMap(Stream::of)
                .map(UserTokenPolicy::getTokenType)
                .anyMatch(login::equals);
    }

    private static String told(EndpointDescription endpoint) {
        String policy = String.valueOf(endpoint.getSecurityPolicyUri());
        return policy.substring(policy.indexOf('#') + 1) + "/" + endpoint.getSecurityMode();
    }

    private static void checkTrusted(EndpointDescription endpoint, OpcUaCertificates certificates) throws IOException {
        try {
            byte[] chain = endpoint.getServerCertificate().bytesOrEmpty();
            certificates.servers().validateCertificateChain(CertificateUtil.decodeCertificates(chain), null, null);
        } catch (UaException e) {
            throw new IOException(
                    "has a certificate that is not trusted, %s: %s"
                            .formatted(OpcUaStatus.of(e.getStatusCode()), certificates.howToTrust()),
                    e);
        }
    }
}
