// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.web;

import dev.sortline.trouble.RootCause;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.json.JavalinJackson;
import io.javalin.util.JavalinException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves the page over HTTP or HTTPS. Whatever peers send, it holds no more threads, connections and memory than are bounded here, and each
 * route is open only to those who have its {@link Role}.
 */
public final class ConsoleServer implements AutoCloseable {
    /** Live views send several times a second; whoever is quiet for longer is gone. */
    private static final Duration IDLE = Duration.ofSeconds(10);

    private static final int HEADER_BYTES = 8 << 10;
    private static final int MOST_THREADS = 48;

    /** Beyond it connections wait to be accepted, so that the process keeps its file descriptors. */
    private static final int MOST_CONNECTIONS = 512;

    private final Javalin server;
    private final List<Route> routes;

    private ConsoleServer(Javalin server, List<Route> routes) {
        this.server = server;
        this.routes = List.copyOf(routes);
    }

    /**
     * Where it is served.
     *
     * @param address what is listened on
     * @param port TCP port; 0 takes a free one
     * @param keys what HTTPS is spoken with; HTTP when empty
     */
    public record Place(String address, int port, Optional<Keys> keys) {}

    /**
     * A certificate and its key.
     *
     * @param keyStore a PKCS 12 file
     * @param password file whose first line opens it
     */
    public record Keys(Path keyStore, Path password) {}

    /**
     * What is served.
     *
     * @param method such as {@code GET}
     * @param path with what varies in braces
     * @param role who may
     */
    public record Route(String method, String path, Role role) {}

    /**
     * Serves at once.
     *
     * @param gate lets people through; without a password for looking only this machine itself may be listened on
     * @param subjects what is served beside the page's files and signing in
     * @throws CannotServeException when it cannot be served like that
     */
    public static ConsoleServer start(Place place, Gate gate, List<? extends Routes> subjects) {
        boolean open = gate.passwords().withoutOne() != Role.ANYONE;
        if (open && !isLoopback(place.address())) {
            throw new CannotServeException("console.address is '" + place.address()
                    + "', which others can reach: set console.viewerPassword, or listen on 127.0.0.1");
        }
        List<Route> routes = new ArrayList<>();
        var server = Javalin.create(config -> {
            configure(config, place);
            config.events.handlerAdded(added -> {
                if (isServed(added.getHttpMethod().name())) {
                    routes.add(new Route(added.getHttpMethod().name(), added.getPath(), Gate.roleOf(added.getRoles())));
                }
            });
            var origin = new SameOrigin(open);
            config.routes.before(request -> {
                SafeHeaders.addTo(request);
                origin.check(request);
            });
            config.routes.beforeMatched(gate::check);
            new Refusals().addTo(config.routes);
            new SessionRoutes(gate).addTo(config.routes);
            new PageFiles(gate).addTo(config.routes);
            subjects.forEach(subject -> subject.addTo(config.routes));
        });
        try {
            return new ConsoleServer(server.start(), routes);
        } catch (JavalinException e) {
            throw new CannotServeException(
                    "cannot serve the page on " + place.address() + ":" + place.port() + ": "
                            + RootCause.of(e).getMessage() + "; choose another console.port",
                    e);
        }
    }

    /** The port that is served. */
    public int port() {
        return server.port();
    }

    /** All that is served. */
    public List<Route> routes() {
        return routes;
    }

    @Override
    public void close() {
        server.stop();
    }

    private static void configure(JavalinConfig config, Place place) {
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.prefer405over404 = true;
        config.http.compressionStrategy = CompressionStrategy.GZIP;
        config.http.maxRequestSize = Bodies.SMALL;
        config.jsonMapper(new JavalinJackson(Json.mapper(), false));
        var threads = new QueuedThreadPool(MOST_THREADS, 4);
        threads.setName("console");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.jetty.modifyServer(jetty -> {
            jetty.setStopTimeout(0);
            jetty.setErrorHandler(terse());
        });
        config.jetty.modifyHttpConfiguration(http -> {
            http.setRequestHeaderSize(HEADER_BYTES);
            http.setSendServerVersion(false);
        });
        config.jetty.addConnector((jetty, http) -> connector(jetty, http, place));
    }

    private static ServerConnector connector(Server jetty, HttpConfiguration http, Place place) {
        var connector = place.keys()
                .map(keys -> {
                    // Machines in a plant are called by their addresses, which no certificate need name.
                    http.addCustomizer(new SecureRequestCustomizer(false));
                    return new ServerConnector(
                            jetty,
                            1,
                            1,
                            new SslConnectionFactory(certificate(keys), "http/1.1"),
                            new HttpConnectionFactory(http));
                })
                .orElseGet(() -> new ServerConnector(jetty, 1, 1, new HttpConnectionFactory(http)));
        connector.setHost(place.address());
        connector.setPort(place.port());
        connector.setIdleTimeout(IDLE.toMillis());
        connector.setAcceptQueueSize(MOST_CONNECTIONS);
        connector.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
        return connector;
    }

    private static SslContextFactory.Server certificate(Keys keys) {
        if (!Files.isReadable(keys.keyStore())) {
            throw new CannotServeException("cannot read the key store " + keys.keyStore());
        }
        var tls = new SslContextFactory.Server();
        tls.setKeyStoreType("PKCS12");
        tls.setKeyStorePath(keys.keyStore().toUri().toString());
        tls.setKeyStorePassword(Passwords.firstLine(keys.password()));
        try {
            tls.start();
        } catch (Exception e) {
            throw new CannotServeException(
                    "cannot open the key store " + keys.keyStore() + ": "
                            + RootCause.of(e).getMessage() + "; it must be PKCS 12, and the first line of "
                            + keys.password() + " its password",
                    e);
        }
        return tls;
    }

    /** What Jetty itself refuses, before anybody here hears of it. */
    private static ErrorHandler terse() {
        var errors = new ErrorHandler();
        errors.setShowStacks(false);
        errors.setShowCauses(false);
        errors.setShowOrigin(false);
        errors.setShowMessageInTitle(false);
        return errors;
    }

    private static boolean isServed(String method) {
        return List.of("GET", "POST", "PUT", "PATCH", "DELETE").contains(method);
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new CannotServeException("console.address is '" + address + "', which this machine does not know", e);
        }
    }
}
