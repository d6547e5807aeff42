// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.types.TFloat32;

/**
 * Finds out on this machine how the network runs best: in float32 or bfloat16, how many pictures at once, and how many runs at the same
 * time. Takes a second or two, less where settings leave less open.
 *
 * <p>bfloat16 is taken only if it is faster and, on the model's own check pictures, names the same label with nearly the same
 * probabilities; a model without check pictures runs in float32.
 */
final class InferenceTrial {
    private static final Logger LOG = LoggerFactory.getLogger(InferenceTrial.class);

    private static final List<Integer> BATCHES = List.of(1, 2, 4, 8);
    /** By how much probabilities may differ between precisions. */
    private static final double TOLERANCE = 0.02;
    /** A larger batch must bring this share more, for it makes the first of its pictures wait; so must another run, for it takes memory. */
    private static final double WORTH_WAITING = 0.05;

    /** Precisions are compared at this many pictures at once. */
    private static final int COMPARED_AT = 8;

    private static final int LEAST_RUNS = 3;
    private static final long NANOS_A_POINT = 60_000_000;

    private final ModelPackage model;
    private final InferenceSettings settings;
    private final List<TFloat32> checks;
    private final int threads;

    /** What was found: the network as it is to be run, open. */
    record Outcome(SavedNetwork network, InferenceTuning tuning) {}

    /**
     * @param threads that share one run
     * @param checks the model's check pictures as the network gets them, {@code [1, size, size, 3]} each; may be none
     */
    InferenceTrial(ModelPackage model, InferenceSettings settings, int threads, List<TFloat32> checks) {
        this.model = model;
        this.settings = settings;
        this.threads = threads;
        this.checks = checks;
    }

    /** @throws ModelPackageException if the network cannot be run */
    Outcome run() {
        Precision pinned = settings.precision();
        if (pinned != null) {
            return batched(open(pinned), pinned, "");
        }
        SavedNetwork float32 = open(Precision.FLOAT32);
        if (checks.isEmpty()) {
            return batched(float32, Precision.FLOAT32, "; bfloat16 was not tried, for the model has no check pictures");
        }
        SavedNetwork bfloat16 = open(Precision.BFLOAT16);
        Optional<String> objection;
        try {
            objection = objection(float32, bfloat16);
        } catch (ModelPackageException e) {
            float32.close();
            bfloat16.close();
            throw e;
        }
        if (objection.isPresent()) {
            bfloat16.close();
            return batched(float32, Precision.FLOAT32, "; bfloat16 " + objection.get());
        }
        float32.close();
        return batched(bfloat16, Precision.BFLOAT16, "");
    }

    private SavedNetwork open(Precision precision) {
        return SavedNetwork.open(model.folder(), model.manifest().inputSize(), precision, threads);
    }

    /** Finds batch and runs, as far as they are not pinned. */
    private Outcome batched(SavedNetwork network, Precision precision, String told) {
        List<Integer> batches = settings.batch() == null ? BATCHES : List.of(settings.batch());
        List<Integer> runs = settings.runs() == null ? runsToTry() : List.of(settings.runs());
        if (batches.size() == 1 && runs.size() == 1) {
            return new Outcome(network, new InferenceTuning(precision, batches.get(0), runs.get(0), threads, 0));
        }
        InferenceTuning best = new InferenceTuning(precision, 1, 1, threads, 0);
        try {
            for (int atOnce : runs) {
                for (int batch : batches) {
                    double rate = 1 / secondsAPicture(network, batch, atOnce);
                    if (rate > best.imagesPerSecond() * (1 + WORTH_WAITING)) {
                        best = new InferenceTuning(precision, batch, atOnce, threads, rate);
                    }
                }
            }
        } catch (ModelPackageException e) {
            network.close();
            throw e;
        }
        LOG.info(
                "inference: {}, up to {} pictures a run, {} runs at the same time on {} threads each: {} pictures a second{}",
                precision,
                best.batch(),
                best.runs(),
                threads,
                Math.round(best.imagesPerSecond()),
                told);
        return new Outcome(network, best);
    }

    /** One, and as many as keep all processors busy. */
    private List<Integer> runsToTry() {
        int most = Math.min(Runtime.getRuntime().availableProcessors() / threads, InferenceSettings.MOST_RUNS);
        return most > 1 ? List.of(1, most) : List.of(1);
    }

    /** Why bfloat16 is not taken, or nothing. */
    private Optional<String> objection(SavedNetwork float32, SavedNetwork bfloat16) {
        List<Classification> expected = answers(float32);
        List<Classification> given = answers(bfloat16);
        for (int i = 0; i < expected.size(); i++) {
            double apart = apart(expected.get(i), given.get(i));
            if (!expected.get(i).label().equals(given.get(i).label()) || apart > TOLERANCE) {
                return Optional.of(String.format(
                        Locale.ROOT, "is refused: on check picture %d its probabilities are %.3f off", i + 1, apart));
            }
        }
        double gain = secondsAPicture(float32, COMPARED_AT, 1) / secondsAPicture(bfloat16, COMPARED_AT, 1);
        return gain < 1 + WORTH_WAITING
                ? Optional.of(String.format(Locale.ROOT, "manages %.2f times as many", gain))
                : Optional.empty();
    }

    private List<Classification> answers(SavedNetwork network) {
        TemperedSoftmax softmax =
                new TemperedSoftmax(model.manifest().output(), model.manifest().temperature());
        List<Classification> answers = new ArrayList<>();
        for (TFloat32 check : checks) {
            answers.add(new Classification(model.labels(), softmax.probabilities(network.scores(check)[0])));
        }
        return answers;
    }

    private static double apart(Classification one, Classification other) {
        double most = 0;
        for (int i = 0; i < one.probabilities().length; i++) {
            most = Math.max(most, Math.abs(one.probabilities()[i] - other.probabilities()[i]));
        }
        return most;
    }

    /** The best of several runs, with others beside them: what disturbs a run makes it longer, never shorter. */
    private double secondsAPicture(SavedNetwork network, int batch, int atOnce) {
        float[] grey = new float
                [batch * 3 * model.manifest().inputSize() * model.manifest().inputSize()];
        var warm = new CountDownLatch(atOnce);
        ExecutorService loops = Executors.newFixedThreadPool(atOnce);
        try {
            Callable<Long> loop = () -> {
                try {
                    network.scores(grey);
                } finally {
                    // One that fails must not leave the others waiting.
                    warm.countDown();
                }
                warm.await();
                return leastNanos(network, grey);
            };
            double mean = loops.invokeAll(Collections.nCopies(atOnce, loop)).stream()
                    .mapToLong(InferenceTrial::result)
                    .average()
                    .orElseThrow();
            return mean / 1e9 / batch / atOnce;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelPackageException("interrupted while the network was tried", e);
        } finally {
            loops.shutdownNow();
        }
    }

    private static long leastNanos(SavedNetwork network, float[] pixels) {
        long least = Long.MAX_VALUE;
        long begin = System.nanoTime();
        for (int run = 0; run < LEAST_RUNS || System.nanoTime() - begin < NANOS_A_POINT; run++) {
            long started = System.nanoTime();
            network.scores(pixels);
            least = Math.min(least, System.nanoTime() - started);
        }
        return least;
    }

    private static long result(Future<Long> end) {
        try {
            return end.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelPackageException("interrupted while the network was tried", e);
        }
    }
}
