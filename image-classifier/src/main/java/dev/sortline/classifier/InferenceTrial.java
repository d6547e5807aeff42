// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.types.TFloat32;

/**
 * Finds out on this machine how the network runs best: in float32 or bfloat16, and how many pictures at once. Takes a second or two, less
 * where settings leave less open.
 *
 * <p>bfloat16 is taken only if it is faster and, on the model's own check pictures, names the same label with nearly the same
 * probabilities; a model without check pictures runs in float32.
 */
final class InferenceTrial {
    private static final Logger LOG = LoggerFactory.getLogger(InferenceTrial.class);

    private static final List<Integer> BATCHES = List.of(1, 2, 4, 8);
    /** By how much probabilities may differ between precisions. */
    private static final double TOLERANCE = 0.02;
    /** A larger batch must save this share of the time a picture, for it makes the first of its pictures wait. */
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

    /** @param checks the model's check pictures as the network gets them, {@code [1, size, size, 3]} each; may be none */
    InferenceTrial(ModelPackage model, InferenceSettings settings, List<TFloat32> checks) {
        this.model = model;
        this.settings = settings;
        this.checks = checks;
        this.threads = Objects.requireNonNullElse(
                settings.intraOpThreads(), Runtime.getRuntime().availableProcessors());
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

    /** Finds the batch, unless it is pinned. */
    private Outcome batched(SavedNetwork network, Precision precision, String told) {
        Integer pinned = settings.batch();
        if (pinned != null) {
            return new Outcome(network, new InferenceTuning(precision, pinned, threads, 0));
        }
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        try {
            for (int batch : BATCHES) {
                double seconds = secondsAPicture(network, batch);
                if (seconds < least * (1 - WORTH_WAITING)) {
                    best = batch;
                    least = seconds;
                }
            }
        } catch (ModelPackageException e) {
            network.close();
            throw e;
        }
        InferenceTuning tuning = new InferenceTuning(precision, best, threads, 1 / least);
        LOG.info(
                "inference: {}, up to {} pictures at once on {} threads: {} pictures a second{}",
                precision,
                best,
                threads,
                Math.round(tuning.imagesPerSecond()),
                told);
        return new Outcome(network, tuning);
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
        double gain = secondsAPicture(float32, COMPARED_AT) / secondsAPicture(bfloat16, COMPARED_AT);
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

    /** The best of several runs: what disturbs a run makes it longer, never shorter. */
    private double secondsAPicture(SavedNetwork network, int batch) {
        float[] grey = new float
                [batch * 3 * model.manifest().inputSize() * model.manifest().inputSize()];
        network.scores(grey);
        long least = Long.MAX_VALUE;
        long spent = 0;
        for (int run = 0; run < LEAST_RUNS || spent < NANOS_A_POINT; run++) {
            long started = System.nanoTime();
            network.scores(grey);
            long taken = System.nanoTime() - started;
            least = Math.min(least, taken);
            spent += taken;
        }
        return least / 1e9 / batch;
    }
}
