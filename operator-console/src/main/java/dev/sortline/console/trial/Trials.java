// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.trial;

import dev.sortline.console.feed.FeedListener;
import dev.sortline.console.trial.TrialAnswer.Micros;
import dev.sortline.console.trial.TrialAnswer.ShadowAnswer;
import dev.sortline.console.web.Refusal;
import dev.sortline.console.web.RefusedException;
import dev.sortline.contract.Decision;
import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameAnswer;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.PlanEdition;
import dev.sortline.sorting.PlanInForce;
import dev.sortline.trouble.OneLine;
import dev.sortline.trouble.RootCause;
import dev.sortline.trouble.TroubleLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The photos that are tried at the moment: sends each as a frame of an item of its own and hears what comes of it. Safe for use by several
 * threads.
 */
final class Trials implements FeedListener, AutoCloseable {
    /** Most photos that wait for their answers. */
    static final int MOST_WAITING = 64;

    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(Trials.class));
    private static final int MOST_SENDING = 8;
    private static final int MOST_SHADOWS = 256;
    private static final int THREADS = 2;
    private static final int MOST_REASON = 200;

    private final Line line;
    private final List<PlanInForce> plans;
    private final boolean hasShadow;
    private final FrameSink frames;
    private final InstantSource clock;
    private final Patience patience;
    // While Kafka is away each waits for it with its photo in hand.
    private final Semaphore sending = new Semaphore(MOST_SENDING);
    private final Semaphore places = new Semaphore(MOST_WAITING);
    private final Map<String, WaitingTrial> waiting = new ConcurrentHashMap<>();
    private final AtomicLong sequence = new AtomicLong();
    // The feed must not wait for an answer to be written.
    private final ExecutorService answering = Executors.newFixedThreadPool(THREADS, Trials::thread);
    private final Map<String, FrameAnswer> shadows = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, FrameAnswer> eldest) {
            return size() > MOST_SHADOWS;
        }
    };

    /**
     * How long is waited.
     *
     * @param answer for the line's answer
     * @param shadow for the second model's, once the line's is there
     */
    record Patience(Duration answer, Duration shadow) {
        static final Patience USUAL = new Patience(Duration.ofSeconds(5), Duration.ofMillis(30));
    }

    /**
     * @param line the trial line
     * @param plans what is judged by; of each the edition in force
     * @param hasShadow whether there is a second model to wait for
     * @param clock says when a photo is taken
     */
    Trials(
            Line line,
            List<PlanInForce> plans,
            boolean hasShadow,
            FrameSink frames,
            InstantSource clock,
            Patience patience) {
        this.line = line;
        this.plans = List.copyOf(plans);
        this.hasShadow = hasShadow;
        this.frames = frames;
        this.clock = clock;
        this.patience = patience;
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "trials");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Tries a photo. The future fails with a {@link RefusedException} when there is no answer, or the photo cannot be read.
     *
     * @param browser tells whoever tries from others, 1 to 40 letters, digits and hyphens
     * @throws RefusedException when too many wait
     */
    CompletableFuture<TrialAnswer> attempt(String browser, String contentType, byte[] image) {
        if (!sending.tryAcquire()) {
            throw tooMany();
        }
        try {
            return attemptNow(browser, contentType, image);
        } finally {
            sending.release();
        }
    }

    private CompletableFuture<TrialAnswer> attemptNow(String browser, String contentType, byte[] image) {
        if (!places.tryAcquire()) {
            throw tooMany();
        }
        var trial = new WaitingTrial(UUID.randomUUID().toString(), System.nanoTime());
        waiting.put(trial.id, trial);
        CompletableFuture<TrialAnswer> answered = trial.heard
                .orTimeout(patience.answer().toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyAsync(failure -> afterAll(trial, failure), answering)
                .thenComposeAsync(this::withShadow, answering)
                .whenComplete((answer, failure) -> {
                    waiting.remove(trial.id);
                    places.release();
                });
        frames.send(frame(trial.id, browser, contentType, image), failure -> {
            TROUBLE.warn(
                    "send", "Photo " + trial.id + " of " + line.id() + " cannot be tried: " + RootCause.of(failure));
            trial.heard.completeExceptionally(Refusal.LINE_AWAY.because("Kafka does not take the photo."));
        });
        return answered;
    }

    private static RefusedException tooMany() {
        return Refusal.TOO_MANY.retryAfter(1, "Too many photos are being tried at the moment.");
    }

    /** What the second model said of a photo that was tried lately. */
    Optional<ShadowAnswer> shadow(String id) {
        synchronized (shadows) {
            return Optional.ofNullable(shadows.get(id)).map(this::told);
        }
    }

    @Override
    public boolean waits() {
        return !waiting.isEmpty();
    }

    @Override
    public void routed(RoutingEvent event) {
        WaitingTrial trial = waiting.get(event.itemId());
        if (trial != null && event.lineId().equals(line.id()) && trial.add(event)) {
            trial.heard.completeAsync(() -> trial, answering);
        }
    }

    @Override
    public void answered(FrameAnswer answer) {
        if (!answer.lineId().equals(line.id())) {
            return;
        }
        WaitingTrial trial = waiting.get(answer.itemId());
        if (answer.shadow()) {
            synchronized (shadows) {
                shadows.put(answer.itemId(), answer);
            }
            if (trial != null) {
                trial.shadow.complete(answer);
            }
        } else if (trial != null && trial.add(answer)) {
            trial.heard.completeAsync(() -> trial, answering);
        }
    }

    @Override
    public void close() {
        answering.shutdownNow();
    }

    private Frame frame(String item, String browser, String contentType, byte[] image) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        // Upwards for each camera, also after a restart.
        long number = sequence.updateAndGet(last -> Math.max(last + 1, now.toEpochMilli()));
        return new Frame(line.id(), "try-" + browser, number, item, now, null, contentType, null, image);
    }

    /** After its time an answer without an event is better than none. */
    private WaitingTrial afterAll(WaitingTrial trial, Throwable failure) {
        Throwable cause = RootCause.of(failure);
        if (cause instanceof TimeoutException && trial.answer() != null) {
            return trial;
        }
        if (cause instanceof RefusedException refused) {
            throw refused;
        }
        throw Refusal.LINE_AWAY.because("The classifier does not answer.");
    }

    private CompletableFuture<TrialAnswer> withShadow(WaitingTrial trial) {
        long total = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - trial.beganNanos);
        RoutingEvent event = trial.event();
        if (event != null && event.probabilities().isEmpty()) {
            throw undecided(event);
        }
        if (!hasShadow) {
            return CompletableFuture.completedFuture(told(trial, null, total));
        }
        return trial.shadow
                .completeOnTimeout(null, patience.shadow().toMillis(), TimeUnit.MILLISECONDS)
                .thenApplyAsync(shadow -> told(trial, shadow, total), answering);
    }

    private static RefusedException undecided(RoutingEvent event) {
        if (event.decision() == Decision.UNREADABLE) {
            return Refusal.UNREADABLE.because(OneLine.of(event.reason(), MOST_REASON));
        }
        return Refusal.LINE_AWAY.because("The classifier came to it too late.");
    }

    private TrialAnswer told(WaitingTrial trial, @Nullable FrameAnswer shadow, long totalMicros) {
        RoutingEvent event = trial.event();
        FrameAnswer answer = trial.answer();
        Map<String, Double> probabilities;
        @Nullable Double familiarity;
        RoutingEvent.Model model;
        if (event != null) {
            probabilities = event.probabilities();
            familiarity = event.familiarity();
            model = event.model();
        } else if (answer != null) {
            probabilities = answer.probabilities();
            familiarity = answer.familiarity();
            model = answer.model();
        } else {
            throw new IllegalStateException("nothing was heard of trial " + trial.id);
        }
        return new TrialAnswer(
                trial.id,
                seen(probabilities),
                event,
                model,
                probabilities,
                familiarity,
                judged(probabilities, familiarity),
                shadow == null ? null : told(shadow),
                Micros.of(totalMicros, event == null ? null : event.stageMicros()));
    }

    private ShadowAnswer told(FrameAnswer shadow) {
        Map<String, Double> probabilities = shadow.probabilities();
        return new ShadowAnswer(
                shadow.model(),
                probabilities,
                shadow.familiarity(),
                seen(probabilities),
                judged(probabilities, shadow.familiarity()));
    }

    private static String seen(Map<String, Double> probabilities) {
        return PlanJudgement.isEmpty(probabilities) ? "empty" : "item";
    }

    private List<PlanJudgement> judged(Map<String, Double> probabilities, @Nullable Double familiarity) {
        List<PlanEdition> editions = plans.stream().map(PlanInForce::edition).toList();
        return PlanJudgement.of(
                probabilities, familiarity, editions, line.belt().residualLane());
    }
}
