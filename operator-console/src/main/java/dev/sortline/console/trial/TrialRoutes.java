// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.trial;

import dev.sortline.classifier.image.ImageBounds;
import dev.sortline.console.feed.FeedListener;
import dev.sortline.console.web.AddressLimit;
import dev.sortline.console.web.Bodies;
import dev.sortline.console.web.PictureFormat;
import dev.sortline.console.web.Refusal;
import dev.sortline.console.web.Role;
import dev.sortline.console.web.Routes;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.PlanInForce;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes photos to try and answers what would become of them. No thread of the server waits for an answer. */
public final class TrialRoutes implements Routes, AutoCloseable {
    private static final Set<String> TYPES = Set.of("image/jpeg", "image/png");
    private static final Pattern BROWSER = Pattern.compile("[A-Za-z0-9-]{1,40}");
    private static final Pattern ITEM = Pattern.compile("[A-Za-z0-9-]{1,64}");

    /** Somebody who shows a camera one thing after the other sends a few a second. */
    private final AddressLimit photos = new AddressLimit(30, Duration.ofMillis(100));

    private final @Nullable Trials trials;
    private final @Nullable TrialPublisher publisher;

    /**
     * @param kafka client properties, at least {@code bootstrap.servers}
     * @param line the line that takes photos; empty when none can be tried
     * @param plans what is judged by, in their order
     * @param hasShadow whether a second model answers, too
     * @param clock says when a photo is taken
     */
    public TrialRoutes(
            Map<String, Object> kafka,
            Optional<Line> line,
            List<PlanInForce> plans,
            boolean hasShadow,
            InstantSource clock) {
        if (line.isPresent()) {
            publisher = new TrialPublisher(kafka);
            trials = new Trials(line.get(), plans, hasShadow, publisher, clock, Trials.Patience.USUAL);
        } else {
            publisher = null;
            trials = null;
        }
    }

    /** What must hear of the cluster for photos to be answered. */
    public FeedListener listener() {
        return trials == null ? new FeedListener() {} : trials;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/api/trials", this::attempt, Role.VIEWER);
        routes.get("/api/trials/{id}/shadow", this::shadow, Role.VIEWER);
    }

    private void attempt(Context request) {
        Trials open = open();
        String browser = browser(request);
        photos.take(request.ip(), "Too many photos from this address.");
        if (!TYPES.contains(mediaType(request))) {
            throw Refusal.UNKNOWN_FORMAT.because("Only JPEG and PNG are taken.");
        }
        byte[] image = Bodies.atMost(request, ImageBounds.DEFAULT.maxBytes());
        String type = PictureFormat.of(image);
        if (!TYPES.contains(type)) {
            throw Refusal.UNKNOWN_FORMAT.because("This is neither a JPEG nor a PNG.");
        }
        request.future(() -> open.attempt(browser, type, image).thenAccept(request::json));
    }

    private void shadow(Context request) {
        String id = request.pathParam("id");
        if (!ITEM.matcher(id).matches()) {
            throw Refusal.BAD_REQUEST.because("That is no id of a trial.");
        }
        request.json(open().shadow(id)
                .orElseThrow(() -> Refusal.NOT_FOUND.because("The second model has not answered that.")));
    }

    private Trials open() {
        if (trials == null) {
            throw Refusal.NO_TRIAL_LINE.because("No line takes photos here: set console.trialLine.");
        }
        return trials;
    }

    private static String browser(Context request) {
        @Nullable String camera = request.queryParam("camera");
        if (camera == null || !BROWSER.matcher(camera).matches()) {
            throw Refusal.BAD_REQUEST.because("camera must be 1 to 40 letters, digits and hyphens.");
        }
        return camera;
    }

    private static String mediaType(Context request) {
        @Nullable String type = request.contentType();
        return type == null ? "" : type.replaceFirst("\\s*;.*", "").strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        if (trials != null) {
            trials.close();
        }
        if (publisher != null) {
            publisher.close();
        }
    }
}
