// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.driver.PasswordFile;
import dev.sortline.gateway.driver.ShotGate;
import dev.sortline.gateway.firing.Announcement;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.rules.Shot;
import dev.sortline.trouble.OneLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfigLimits;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.identity.AbstractUsernameIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.DefaultUsernameIdentity;
import org.eclipse.milo.opcua.sdk.server.identity.Identity;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the lines to OPC UA clients, in this process: telling them costs no more than setting a value. A shot is taken when a client that is
 * connected has subscribed to its ejector, or reads it again and again; whether it has got this one is known only afterwards, and one
 * that then says nothing is cut off.
 */
final class OpcUaServerDriver implements ActuatorDriver {
    private static final Logger LOG = LoggerFactory.getLogger(OpcUaServerDriver.class);
    private static final UInteger MOST_SESSIONS = UInteger.valueOf(32);
    private static final double FASTEST_MILLIS = 10;
    private static final long STOP_WITHIN_SECONDS = 2;
    private static final int MOST_CHARACTERS_OF_A_NAME = 100;
    private static final Duration ANSWERS_WITHIN = Duration.ofMillis(500);

    private final String name;
    private final OpcUaServerSettings settings;
    private final OpcUaPeers peers = new OpcUaPeers(ANSWERS_WITHIN);
    private @Nullable OpcUaServer server;
    private @Nullable OpcUaCertificates certificates;
    private @Nullable LineNamespace lines;

    /** @param name its name in the line file */
    OpcUaServerDriver(String name, OpcUaServerSettings settings) {
        this.name = name;
        this.settings = settings;
    }

    @Override
    public void connect() throws IOException, InterruptedException {
        Set<String> hostnames = settings.hostnames();
        var opened = OpcUaCertificates.in(name, settings.certificates(), hostnames);
        certificates = opened;
        String password = PasswordFile.read(settings.passwordFile());
        if (password.isEmpty()) {
            throw new IOException("no password in " + settings.passwordFile() + ": write one into its first line");
        }
        var starting = new OpcUaServer(
                config(opened, hostnames, password),
                profile -> new OpcTcpServerTransport(OpcTcpServerTransportConfig.newBuilder()
                        .setChannelPipelineCustomizer(peers::apply)
                        .build()));
        server = starting;
        lines = new LineNamespace(starting);
        lines.startup();
        try {
            starting.startup().get();
        } catch (ExecutionException e) {
            throw new IOException(
                    "cannot serve OPC UA on port %d: %s".formatted(settings.portOrDefault(), e.getCause()), e);
        }
    }

    private OpcUaServerConfig config(OpcUaCertificates certificates, Set<String> hostnames, String password) {
        return OpcUaServerConfig.builder()
                .setApplicationName(LocalizedText.english("Sortline gateway"))
                .setApplicationUri(OpcUaCertificates.APPLICATION_URI)
                .setProductUri("urn:sortline:gateway")
                .setCertificateManager(certificates.manager())
                .setIdentityValidator(new Users(password))
                .setEndpoints(hostnames.stream()
                        .flatMap(hostname -> Stream.of(
                                endpoint(certificates.own(), hostname, SecurityPolicy.Basic256Sha256, "/sortline"),
                                // Clients ask this one which others there are; it has no sessions.
                                endpoint(certificates.own(), hostname, SecurityPolicy.None, "/sortline/discovery")))
                        .collect(Collectors.toSet()))
                .setLimits(new Limits())
                .build();
    }

    private EndpointConfig endpoint(X509Certificate certificate, String hostname, SecurityPolicy policy, String path) {
        boolean open = policy == SecurityPolicy.None;
        return EndpointConfig.newBuilder()
                .setTransportProfile(TransportProfile.TCP_UASC_UABINARY)
                .setBindAddress("0.0.0.0")
                .setBindPort(settings.portOrDefault())
                .setHostname(hostname)
                .setPath(path)
                .setCertificate(certificate)
                .setSecurityPolicy(policy)
                .setSecurityMode(open ? MessageSecurityMode.None : MessageSecurityMode.SignAndEncrypt)
                .addTokenPolicies(new UserTokenPolicy(
                        "username", UserTokenType.UserName, null, null, SecurityPolicy.Basic256Sha256.getUri()))
                .build();
    }

    @Override
    public void takeOver(String lineId) {
        // It begins with all of them in rest.
    }

    @Override
    public boolean reaches(Shot shot) {
        return true;
    }

    @Override
    public boolean fire(Shot shot, long latestNanos) throws IOException {
        ShotGate.requireInTime(latestNanos);
        Set<Session> watchers = lines().watchers(shot);
        watchers.removeIf(session -> !peers.isConnected(session.getSecureChannelId()));
        if (watchers.isEmpty() && !lines().isRead(shot)) {
            lines().showEjector(shot);
            return false;
        }
        watchers.forEach(session -> peers.toldOfAShot(session.getSecureChannelId(), () -> cutOff(session)));
        lines().hold(shot, true);
        return true;
    }

    /** Its connection is gone; nor is it told again when it has another. */
    private void cutOff(Session session) {
        LOG.warn(
                "Driver {}: cut off OPC UA client {} at {}, it did not take a shot",
                name,
                OneLine.of(session.getSessionName(), MOST_CHARACTERS_OF_A_NAME),
                session.getClientAddress());
        session.getServer().getSessionManager().killSession(session.getSessionId(), true);
    }

    @Override
    public void release(Shot shot) throws IOException {
        lines().hold(shot, false);
    }

    @Override
    public void announce(Announcement announcement) throws IOException {
        lines().show(announcement);
    }

    @Override
    public void beat(LineStatus status) throws IOException {
        lines().show(status);
    }

    @Override
    public void probe() {
        // Clients come and go; the server itself is in this process.
    }

    @Override
    public void disconnect() {
        OpcUaServer leaving = server;
        LineNamespace shown = lines;
        server = null;
        lines = null;
        if (certificates != null) {
            certificates.close();
            certificates = null;
        }
        if (leaving == null) {
            return;
        }
        try {
            if (shown != null) {
                shown.shutdown();
            }
            leaving.shutdown().get(STOP_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // It is gone either way.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private LineNamespace lines() throws IOException {
        if (lines == null) {
            throw new IOException("OPC UA is not being served on port " + settings.portOrDefault());
        }
        return lines;
    }

    /** Takes as long for a wrong guess as for a right one. */
    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** Lets in whoever names the user and its password. */
    private final class Users extends AbstractUsernameIdentityValidator {
        private final String password;

        Users(String password) {
            this.password = password;
        }

        @Override
        protected Identity.@Nullable UsernameIdentity authenticateUsernamePassword(
                Session session, String user, String word) {
            if (same(user, settings.username()) && same(word, password)) {
                return new DefaultUsernameIdentity(user);
            }
            LOG.warn(
                    "Driver {}: refused OPC UA client {} at {}, its user or password is wrong",
                    name,
                    OneLine.of(session.getSessionName(), MOST_CHARACTERS_OF_A_NAME),
                    session.getClientAddress());
            return null;
        }
    }

    private static final class Limits implements OpcUaServerConfigLimits {
        @Override
        public UInteger getMaxSessions() {
            return MOST_SESSIONS;
        }

        @Override
        public Double getMinSupportedSampleRate() {
            return FASTEST_MILLIS;
        }

        @Override
        public Double getMinPublishingInterval() {
            return FASTEST_MILLIS;
        }
    }
}
