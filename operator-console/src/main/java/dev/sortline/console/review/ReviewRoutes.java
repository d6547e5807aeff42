// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.review;

import dev.sortline.console.book.PictureShelf;
import dev.sortline.console.book.ReviewBook;
import dev.sortline.console.book.ReviewedItem;
import dev.sortline.console.feed.From;
import dev.sortline.console.feed.ReadingPace;
import dev.sortline.console.feed.TopicTail;
import dev.sortline.console.web.Json;
import dev.sortline.console.web.PictureFormat;
import dev.sortline.console.web.Refusal;
import dev.sortline.console.web.RefusedException;
import dev.sortline.console.web.Role;
import dev.sortline.console.web.Routes;
import dev.sortline.contract.ItemLabel;
import dev.sortline.contract.ItemLabel.Said;
import dev.sortline.contract.Topic;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.SortingPlan;
import dev.sortline.trouble.RootCause;
import dev.sortline.trouble.TroubleLog;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Answers with the items to look at and their pictures, and takes what people say of them. */
public final class ReviewRoutes implements Routes, AutoCloseable {
    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(ReviewRoutes.class));
    private static final String ITEM = "/api/reviews/{line}/{item}";
    private static final int USUAL_LIMIT = 20;
    private static final int MOST_LIMIT = 100;
    private static final long SHELF_BYTES = 64L << 20;
    private static final long RETRY_SECONDS = 2;

    private final Map<String, Line> lines;
    private final Set<String> labels;
    private final InstantSource clock;
    private final ReviewBook book = new ReviewBook();
    private final PictureShelf shelf;
    private final PictureReader pictures;
    private final LabelPublisher publisher;
    private final TopicTail tail;

    /**
     * Begins to read what there is to look at.
     *
     * @param kafka client properties, at least {@code bootstrap.servers}
     * @param lines the lines, whose plans fold what people say
     * @param labels the model's labels: people say no others
     * @param clock says when something was said
     * @param registry is told how often people found the lines right
     */
    public ReviewRoutes(
            Map<String, Object> kafka,
            Map<String, Line> lines,
            List<String> labels,
            InstantSource clock,
            MeterRegistry registry) {
        this(kafka, lines, labels, clock, registry, SHELF_BYTES);
    }

    ReviewRoutes(
            Map<String, Object> kafka,
            Map<String, Line> lines,
            List<String> labels,
            InstantSource clock,
            MeterRegistry registry,
            long shelfBytes) {
        this.lines = Map.copyOf(lines);
        this.labels = Set.copyOf(labels);
        this.clock = clock;
        shelf = new PictureShelf(shelfBytes);
        pictures = new PictureReader(kafka);
        publisher = new LabelPublisher(kafka);
        var metrics = new ReviewMetrics(registry, book, lines, labels, clock);
        tail = TopicTail.start(
                "reviews",
                kafka,
                Map.of(Topic.REVIEWS, From.BEGINNING, Topic.LABELS, From.BEGINNING),
                ReadingPace.AT_ONCE,
                new ReviewIntake(book, shelf, metrics::show)::take);
        metrics.countOnce(tail::caughtUp);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/reviews", this::list, Role.VIEWER);
        routes.get(ITEM + "/image", this::image, Role.VIEWER);
        routes.put(ITEM, this::say, Role.OPERATOR);
        routes.delete(ITEM, this::takeBack, Role.OPERATOR);
    }

    /**
     * What is said of an item.
     *
     * @param said what
     * @param label the right label; only with {@link Said#LABEL}
     */
    private record Saying(@Nullable Said said, @Nullable String label) {}

    private void list(Context request) {
        if (!tail.caughtUp()) {
            // Of items that come before their labels somebody might say it all again.
            throw Refusal.LINE_AWAY.retryAfter(RETRY_SECONDS, "The reviews are still being read from Kafka.");
        }
        int limit = limit(request.queryParam("limit"));
        request.json(new ReviewList(
                book.openCount(),
                book.open(limit).stream().map(ReviewList.Card::of).toList(),
                book.saidCount(),
                book.purity(plansOf(lines))));
    }

    /** By line, as they are in force. */
    static Map<String, SortingPlan> plansOf(Map<String, Line> lines) {
        Map<String, SortingPlan> plans = new HashMap<>();
        lines.forEach((id, line) -> plans.put(id, line.plan().edition().plan()));
        return plans;
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return USUAL_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw Refusal.BAD_REQUEST.because("The limit must be from 1 to " + MOST_LIMIT + ".");
    }

    private void image(Context request) {
        ReviewedItem item = item(request);
        var kept = shelf.get(item.key());
        if (kept.isPresent()) {
            show(request, kept.get());
            return;
        }
        CompletableFuture<byte[]> read = accepted(() -> pictures.read(item)).handle((picture, failure) -> {
            if (failure != null) {
                throw away("Not read is the picture", item, failure);
            }
            return picture.orElseThrow(
                    () -> new CompletionException(Refusal.NOT_FOUND.because("The picture is no longer kept.")));
        });
        request.future(() -> read.thenAccept(picture -> {
            shelf.put(item.key(), picture);
            show(request, picture);
        }));
    }

    private static void show(Context request, byte[] picture) {
        request.contentType(PictureFormat.of(picture))
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "private, max-age=86400, immutable")
                .result(picture);
    }

    private void say(Context request) {
        ReviewedItem item = item(request);
        publish(request, item, label(item, Json.body(request, Saying.class)));
    }

    private ItemLabel label(ReviewedItem item, Saying saying) {
        Said said = saying.said();
        String label = saying.label();
        if (said == null) {
            throw Refusal.BAD_REQUEST.because("Say LABEL, SEVERAL_ITEMS or NOTHING.");
        }
        if ((said == Said.LABEL) != (label != null)) {
            throw Refusal.BAD_REQUEST.because("There is a label with LABEL, and only then.");
        }
        if (label != null && !labels.contains(label)) {
            throw Refusal.BAD_REQUEST.because("The model has no such label.");
        }
        return new ItemLabel(
                item.line(),
                item.item(),
                said,
                label,
                Role.OPERATOR.name().toLowerCase(Locale.ROOT),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private void takeBack(Context request) {
        publish(request, item(request), null);
    }

    private void publish(Context request, ReviewedItem item, @Nullable ItemLabel label) {
        CompletableFuture<Void> said = accepted(() -> publisher.publish(item.key(), label))
                .handle((word, failure) -> {
                    if (failure != null) {
                        throw away("Not published is what was said", item, failure);
                    }
                    // Who said it sees it at once, also before it comes back from the topic.
                    book.hear(word);
                    return null;
                });
        request.future(() -> said.thenRun(() -> request.status(204)));
    }

    private static <T> CompletableFuture<T> accepted(Supplier<CompletableFuture<T>> work) {
        try {
            return work.get();
        } catch (RejectedExecutionException e) {
            throw Refusal.TOO_MANY.retryAfter(RETRY_SECONDS, "Too many wait for Kafka at the moment.");
        }
    }

    private static CompletionException away(String what, ReviewedItem item, Throwable failure) {
        TROUBLE.warn(what, what + " of item " + item.item() + " of " + item.line() + ": " + RootCause.of(failure));
        RefusedException refused = Refusal.LINE_AWAY.because("Kafka does not answer.");
        return new CompletionException(refused);
    }

    private ReviewedItem item(Context request) {
        return book.find(request.pathParam("line"), request.pathParam("item"))
                .orElseThrow(() -> Refusal.NOT_FOUND.because("There is no such item to review."));
    }

    @Override
    public void close() {
        tail.close();
        publisher.close();
        pictures.close();
    }
}
