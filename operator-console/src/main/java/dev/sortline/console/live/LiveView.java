// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.live;

import dev.sortline.console.feed.FeedListener;
import dev.sortline.console.feed.From;
import dev.sortline.console.feed.ReadingPace;
import dev.sortline.console.feed.TopicTail;
import dev.sortline.console.web.Refusal;
import dev.sortline.console.web.Role;
import dev.sortline.console.web.Routes;
import dev.sortline.contract.Topic;
import dev.sortline.sorting.Line;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;

/**
 * The live view of the lines: {@code /api/live}, the small pictures that it names, and how the two models agree. Its {@link #listener} is to
 * hear the feed. Close it before the server, so that its viewers go in peace.
 */
public final class LiveView implements Routes, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String FOREVER = "private, max-age=31536000, immutable";

    /** More than one look at frames needs; the consumer's own default is 50 MiB. */
    private static final int FETCH_BYTES = 8 << 20;

    /** No more are looked at than a few a second of each line: what a slow network does not bring in time is passed over. */
    private static final ReadingPace NEWEST = new ReadingPace(Duration.ofMillis(200), () -> false, 64);

    private final boolean hasShadow;
    private final WatchedLines lines;
    private final Thumbnails thumbnails;
    private final LiveStream stream;

    LiveView(
            Map<String, Line> lines,
            boolean hasShadow,
            FrameSource frames,
            BooleanSupplier clusterAnswers,
            InstantSource clock,
            Duration patience) {
        this.hasShadow = hasShadow;
        this.lines = new WatchedLines(lines, clusterAnswers, clock);
        thumbnails = new Thumbnails(lines.keySet(), frames, clock.millis(), this.lines::pictured);
        stream = new LiveStream(this.lines, this::watched, patience);
    }

    /**
     * Ready at once; reads frames of the cluster only while there are viewers.
     *
     * @param kafka client properties, at least {@code bootstrap.servers}
     * @param lines the lines by id, in the order in which they are shown
     * @param hasShadow whether a second model answers beside the first
     * @param clusterAnswers whether the cluster has answered lately; must not wait
     * @param clock says what is now
     */
    public static LiveView start(
            Map<String, Object> kafka,
            Map<String, Line> lines,
            boolean hasShadow,
            BooleanSupplier clusterAnswers,
            InstantSource clock) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.putIfAbsent("consumer.fetch.max.bytes", FETCH_BYTES);
        FrameSource frames = onFrame -> {
            var tail = TopicTail.start("watched frames", properties, Map.of(Topic.FRAMES, From.END), NEWEST, onFrame);
            return tail::close;
        };
        return new LiveView(lines, hasShadow, frames, clusterAnswers, clock, PATIENCE);
    }

    /** Hears what passes on the lines. */
    public FeedListener listener() {
        return lines;
    }

    /** How many watch now. */
    public int viewers() {
        return stream.viewers();
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/live", this::watch, Role.VIEWER);
        routes.get("/api/lines/{line}/thumbnails/{n}", this::thumbnail, Role.VIEWER);
        routes.get("/api/agreement", this::agreement, Role.VIEWER);
    }

    private void watched(boolean anybody) {
        thumbnails.watch(anybody);
        if (!anybody) {
            lines.unwatched();
        }
    }

    private void watch(Context request) {
        ServletOutputStream out = stream(request);
        var viewer = new Viewer(out, connection(request)::close);
        if (!stream.join(viewer)) {
            throw Refusal.TOO_MANY.because(503, "As many people watch the lines already as can be served.");
        }
        request.contentType("text/event-stream")
                .header("Cache-Control", "no-store")
                // A proxy that gathers what it passes on would make a live view none.
                .header("X-Accel-Buffering", "no");
        // Whatever Javalin would do after it fails on a connection that is gone, and is then done again, for ever.
        request.skipRemainingHandlers();
        request.future(() -> begin(request, out, viewer));
    }

    private static CompletableFuture<?> begin(Context request, ServletOutputStream out, Viewer viewer) {
        request.req().getAsyncContext().setTimeout(0);
        out.setWriteListener(viewer);
        return viewer.gone();
    }

    private static ServletOutputStream stream(Context request) {
        try {
            // Not the request's own, which gathers for compression.
            return request.res().getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Connection connection(Context request) {
        return ServletContextRequest.getServletContextRequest(request.req())
                .getConnectionMetaData()
                .getConnection();
    }

    private void thumbnail(Context request) {
        byte[] picture = number(request.pathParam("n"))
                .flatMap(number -> thumbnails.of(request.pathParam("line"), number))
                .orElseThrow(() -> Refusal.NOT_FOUND.because("There is no such picture any more."));
        request.contentType("image/jpeg").header("Cache-Control", FOREVER).result(picture);
    }

    private static Optional<Long> number(String text) {
        return text.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private void agreement(Context request) {
        if (hasShadow) {
            request.json(lines.agreement());
        } else {
            request.contentType("application/json").result("null");
        }
    }

    @Override
    public void close() {
        stream.close();
        thumbnails.close();
    }
}
