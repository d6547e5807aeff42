// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console;

import dev.sortline.console.feed.FeedListener;
import dev.sortline.console.feed.LineFeed;
import dev.sortline.console.live.LiveView;
import dev.sortline.console.model.DriftWatch;
import dev.sortline.console.model.ModelFacts;
import dev.sortline.console.model.ModelFolder;
import dev.sortline.console.model.ModelRoutes;
import dev.sortline.console.report.ReportRoutes;
import dev.sortline.console.review.ReviewRoutes;
import dev.sortline.console.trial.TrialRoutes;
import dev.sortline.console.web.ConsoleServer;
import dev.sortline.console.web.ConsoleServer.Keys;
import dev.sortline.console.web.ConsoleServer.Place;
import dev.sortline.console.web.ConsoleServer.Route;
import dev.sortline.console.web.Gate;
import dev.sortline.console.web.Passwords;
import dev.sortline.console.web.Routes;
import dev.sortline.sorting.Line;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Serves the operator's page from {@link #start} until {@link #close}. */
public final class OperatorConsole implements AutoCloseable {
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::");

    /** What is open, in the order in which it is closed. */
    private final Deque<Open> open = new ArrayDeque<>();

    private final ConsoleSettings.Access access;
    private final ConsoleServer server;
    /** Not there until the server is: nothing has been heard of the cluster before. */
    private volatile @Nullable LineFeed feed;

    /** What is closed at the end, without a failure that anybody could do something about. */
    private interface Open extends AutoCloseable {
        @Override
        void close();
    }

    private OperatorConsole(ConsoleSettings settings, MeterRegistry registry, InstantSource clock) {
        access = settings.access();
        var gate = new Gate(
                Passwords.of(access.viewerPassword(), access.operatorPassword()),
                clock,
                access.tls().isPresent());
        try {
            List<FeedListener> listeners = new ArrayList<>();
            List<Routes> subjects = subjects(settings, registry, clock, gate, listeners);
            server = ConsoleServer.start(
                    new Place(
                            access.address(),
                            access.port(),
                            access.tls().map(tls -> new Keys(tls.keyStore(), tls.password()))),
                    gate,
                    subjects);
            // The last: an answer that is ready when the server has gone would be tried for ever.
            open.addLast(server::close);
            LineFeed started = LineFeed.start(settings.kafka(), clock, listeners);
            feed = started;
            open.push(started::close);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private List<Routes> subjects(
            ConsoleSettings settings,
            MeterRegistry registry,
            InstantSource clock,
            Gate gate,
            List<FeedListener> listeners) {
        Map<String, Object> kafka = settings.kafka();
        Map<String, Line> sorting = new LinkedHashMap<>(settings.lines());
        settings.trialLine().ifPresent(sorting::remove);
        var folder = new ModelFolder(settings.model());
        ModelFacts model = folder.facts();

        var trials = new TrialRoutes(
                kafka,
                settings.trialLine().map(settings.lines()::get),
                settings.plans(),
                settings.shadow().isPresent(),
                clock);
        open.push(trials::close);
        listeners.add(trials.listener());
        var reports = new ReportRoutes(kafka, sorting, clock, gate::visitor);
        open.push(reports::close);
        var reviews = new ReviewRoutes(kafka, sorting, model.labels(), clock, registry);
        open.push(reviews::close);
        var live = LiveView.start(kafka, sorting, settings.shadow().isPresent(), this::reachable, clock);
        open.push(live::close);
        listeners.add(live.listener());
        var drift = new DriftWatch(sorting.keySet(), model, clock);
        listeners.add(drift);
        return List.of(new SetupRoutes(settings), trials, live, reports, reviews, new ModelRoutes(folder, drift));
    }

    /**
     * Serves at once, also while the cluster is away.
     *
     * @param registry is told what people say of reviewed items
     * @throws dev.sortline.console.web.CannotServeException when it cannot be served as it is asked for, in one line
     */
    public static OperatorConsole start(ConsoleSettings settings, MeterRegistry registry) {
        return new OperatorConsole(settings, registry, InstantSource.system());
    }

    /** Where a browser on this machine finds the page. */
    public URI address() {
        String host = EVERYWHERE.contains(access.address()) ? "localhost" : access.address();
        String written = host.contains(":") ? "[" + host + "]" : host;
        return URI.create((access.tls().isPresent() ? "https" : "http") + "://" + written + ":" + server.port() + "/");
    }

    /** Whether the cluster has answered lately. */
    public boolean reachable() {
        LineFeed heard = feed;
        return heard != null && heard.reachable();
    }

    /** All that is served. */
    List<Route> routes() {
        return server.routes();
    }

    @Override
    public void close() {
        open.forEach(Open::close);
        open.clear();
    }
}
