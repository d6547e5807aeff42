// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.push;

import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.trouble.RootCause;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Takes pictures and triggers over HTTP. Whatever peers send, it holds no more threads, connections and memory than are bounded here: eight
 * bodies at a time, and what {@link Delivery} has room for; who comes beyond that is told to come again, and nothing waits in a line.
 */
public final class PushServer implements AutoCloseable {
    /** A frame waits so long for the broker; Kafka itself tries for longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Longer than a frame's wait, during which nothing is sent. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    private static final int HEADER_BYTES = 8 << 10;
    private static final int MOST_THREADS = 24;

    /** Beyond it connections wait to be accepted, so that the process keeps its file descriptors. */
    private static final int MOST_CONNECTIONS = 256;

    private final Javalin server;

    private PushServer(Javalin server) {
        this.server = server;
    }

    /**
     * Serves at once.
     *
     * @param cameras those whose pictures are taken
     * @param delivery where they go; not closed with the server
     * @param trigger whom triggers call; {@link TriggerCall#NOBODY} where there is none
     * @param clock says when pictures arrive
     * @throws CannotListenException when the token cannot be read, others could send without one, or the port cannot be had
     */
    public static PushServer start(
            PushSettings settings,
            Set<LineCamera> cameras,
            Delivery delivery,
            TriggerCall trigger,
            InstantSource clock) {
        return start(settings, cameras, delivery, trigger, clock, PATIENCE);
    }

    static PushServer start(
            PushSettings settings,
            Set<LineCamera> cameras,
            Delivery delivery,
            TriggerCall trigger,
            InstantSource clock,
            Duration patience) {
        if (settings.tokenFile() == null && !isLoopback(settings.addressOrDefault())) {
            throw new CannotListenException(
                    "push.address is '" + settings.addressOrDefault()
                            + "', which others can reach: set push.tokenFile, or listen on 127.0.0.1",
                    null);
        }
        var token = PushToken.of(settings.tokenFile());
        var bodies = new Bodies();
        var frames = new FrameRoute(Set.copyOf(cameras), delivery, bodies, clock, patience);
        var triggers = new TriggerRoute(trigger, bodies);
        var server = Javalin.create(config -> {
            bound(config, settings);
            config.routes.before(token::check);
            config.routes.post("/frames/{line}/{camera}", frames::handle);
            config.routes.post("/triggers/{line}/{camera}", triggers::handle);
            Answers.addRefusalsTo(config.routes);
        });
        try {
            return new PushServer(server.start());
        } catch (JavalinException e) {
            throw new CannotListenException(
                    "cannot take pictures on " + settings.addressOrDefault() + ":" + settings.portOrDefault() + ": "
                            + RootCause.of(e).getMessage() + "; choose another push.port",
                    e);
        }
    }

    /** The port that is served. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static void bound(JavalinConfig config, PushSettings settings) {
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.prefer405over404 = true;
        var threads = new QueuedThreadPool(MOST_THREADS, 2);
        threads.setName("push");
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
        config.jetty.addConnector((jetty, http) -> {
            var connector = new ServerConnector(jetty, 1, 1, new HttpConnectionFactory(http));
            connector.setHost(settings.addressOrDefault());
            connector.setPort(settings.portOrDefault());
            connector.setIdleTimeout(IDLE.toMillis());
            connector.setAcceptQueueSize(MOST_CONNECTIONS);
            connector.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
            return connector;
        });
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new CannotListenException("push.address is '" + address + "', which this machine does not know", e);
        }
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
}
