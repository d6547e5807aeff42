// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.report;

import dev.sortline.console.web.Refusal;
import dev.sortline.console.web.Role;
import dev.sortline.console.web.Routes;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.SortingPlan;
import dev.sortline.trouble.OneLine;
import dev.sortline.trouble.RootCause;
import dev.sortline.trouble.TroubleLog;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Answers with the report of a shift. It is read on threads of its own, {@value ReportPlaces#MOST} at a time; no thread of the server waits for it. */
public final class ReportRoutes implements Routes, AutoCloseable {
    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(ReportRoutes.class));
    private static final Duration LONGEST_SHIFT = Duration.ofDays(8);
    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final long RETRY_SECONDS = 5;
    private static final int MOST_CHARACTERS_OF_LINES = 150;

    private final ShiftReader reader;
    private final Map<String, Line> lines;
    private final Function<Context, String> viewer;
    private final ReportPlaces places = new ReportPlaces();
    private final ExecutorService threads = Executors.newFixedThreadPool(ReportPlaces.MOST, ReportRoutes::thread);

    /**
     * @param kafka client properties, at least {@code bootstrap.servers}
     * @param lines the lines of which reports are told, in their order: not the one on which photos are tried
     * @param clock says what of a shift is still to come
     * @param viewer tells who asks, so that each has one report read at a time
     */
    public ReportRoutes(
            Map<String, Object> kafka, Map<String, Line> lines, InstantSource clock, Function<Context, String> viewer) {
        this(new ShiftReader(kafka, clock, WITHIN), lines, viewer);
    }

    ReportRoutes(ShiftReader reader, Map<String, Line> lines, Function<Context, String> viewer) {
        this.reader = reader;
        this.lines = new LinkedHashMap<>(lines);
        this.viewer = viewer;
    }

    private static Thread thread(Runnable reading) {
        var thread = new Thread(reading, "report");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/report", request -> answer(request, (to, report) -> to.json(report)), Role.VIEWER);
        routes.get("/api/report.csv", request -> answer(request, ReportRoutes::table), Role.VIEWER);
    }

    private void answer(Context request, BiConsumer<Context, Report> form) {
        Instant from = time(request, "from");
        Instant to = time(request, "to");
        checkShift(from, to);
        Map<String, SortingPlan> plans = plans(request.queryParam("line"));
        String who = viewer.apply(request);
        if (!places.take(who)) {
            throw Refusal.TOO_MANY.retryAfter(RETRY_SECONDS, "Another report is being read; wait until it is there.");
        }
        CompletableFuture<Report> report = reading(who, from, to, plans);
        request.future(() -> report.thenAccept(read -> form.accept(request, read)));
    }

    private CompletableFuture<Report> reading(String who, Instant from, Instant to, Map<String, SortingPlan> plans) {
        try {
            return CompletableFuture.supplyAsync(() -> read(from, to, plans), threads)
                    .whenComplete((report, failure) -> places.leave(who));
        } catch (RejectedExecutionException e) {
            places.leave(who);
            throw Refusal.LINE_AWAY.because("The page is being closed.");
        }
    }

    private Report read(Instant from, Instant to, Map<String, SortingPlan> plans) {
        try {
            return reader.read(from, to, plans);
        } catch (TooManyEventsException e) {
            throw new CompletionException(Refusal.TOO_LARGE.because(e.getMessage() + "."));
        } catch (KafkaException e) {
            TROUBLE.warn(
                    "report",
                    "The report of %s from %s to %s could not be read: %s"
                            .formatted(
                                    OneLine.of(String.join(", ", plans.keySet()), MOST_CHARACTERS_OF_LINES),
                                    from,
                                    to,
                                    RootCause.of(e)));
            throw new CompletionException(Refusal.LINE_AWAY.because("Kafka does not answer."));
        }
    }

    private Map<String, SortingPlan> plans(@Nullable String line) {
        if (line != null && !lines.containsKey(line)) {
            throw Refusal.NOT_FOUND.because("There is no such line.");
        }
        Map<String, SortingPlan> plans = new LinkedHashMap<>();
        lines.forEach((id, each) -> {
            if (line == null || line.equals(id)) {
                plans.put(id, each.plan().edition().plan());
            }
        });
        return plans;
    }

    private static void checkShift(Instant from, Instant to) {
        if (!from.isBefore(to)) {
            throw Refusal.BAD_REQUEST.because("A report's from must be before its to.");
        }
        if (Duration.between(from, to).compareTo(LONGEST_SHIFT) > 0) {
            throw Refusal.BAD_REQUEST.because("A report covers at most " + LONGEST_SHIFT.toDays() + " days.");
        }
    }

    private static Instant time(Context request, String name) {
        String text = request.queryParam(name);
        try {
            if (text != null) {
                var time = OffsetDateTime.parse(text);
                if (time.getYear() > 1970 && time.getYear() < 9999) {
                    return time.toInstant();
                }
            }
        } catch (DateTimeException e) {
            // told below
        }
        throw Refusal.BAD_REQUEST.because("A report needs " + name + " as a time, such as 2026-03-02T06:00:00Z.");
    }

    private static void table(Context request, Report report) {
        String name = "sortline-%s-%s.csv".formatted(report.from(), report.to()).replace(':', '-');
        request.contentType("text/csv; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .result(ReportTable.of(report));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
