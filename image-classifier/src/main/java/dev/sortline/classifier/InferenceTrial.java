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

    private static final List<Integer> BATCHES = List.of(1, 2, 4, 8, 16);
    /** By how much probabilities may differ between precisions. */
    private static final double TOLERANCE = 0.02;
    /** A larger batch must save this share of the time a picture, for it makes the first of its pictures wait. */
    private static final double WORTH_WAITING = 0.05;

    private static final int LEAST_RUNS = 3;
    private static final long NANOS_A_POINT = 80_000_000;

    private final ModelPackage model;
    private final InferenceSettings settings;
    private final List<TFloat32> checks;
    private final int threads;

    /** What was found: the network as it is to be run, open. */
    record Outcome(SavedNetwork network, InferenceTuning tuning) {}

    /** A way to run the network and its best time. */
    private record Candidate(SavedNetwork network, Precision precision, int batch, double secondsAPicture) {
        double imagesPerSecond() {
            return 1 / secondsAPicture;
        }
    }

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
        if (pinned != null && settings.batch() != null) {
            return new Outcome(open(pinned), new InferenceTuning(pinned, settings.batch(), threads, 0));
        }
        Candidate best =
                best(open(pinned == null ? Precision.FLOAT32 : pinned), pinned == null ? Precision.FLOAT32 : pinned);
        String told = "";
        if (pinned == null) {
            if (checks.isEmpty()) {
                told = "; bfloat16 was not tried, for the model has no check pictures";
            } else {
                Candidate other = best(open(Precision.BFLOAT16), Precision.BFLOAT16);
                Optional<String> objection = objection(best, other);
                Candidate left = objection.isPresent() ? other : best;
                told = objection
                        .map(reason -> "; bfloat16 " + reason)
                        .orElse(String.format(Locale.ROOT, "; float32 manages %.0f", left.imagesPerSecond()));
                best = objection.isPresent() ? best : other;
                left.network().close();
            }
        }
        InferenceTuning tuning = new InferenceTuning(best.precision(), best.batch(), threads, best.imagesPerSecond());
        LOG.info(
                "inference: {}, up to {} pictures at once on {} threads: {} pictures a second{}",
                tuning.precision(),
                tuning.batch(),
                tuning.intraOpThreads(),
                Math.round(tuning.imagesPerSecond()),
                told);
        return new Outcome(best.network(), tuning);
    }

    private SavedNetwork open(Precision precision) {
        return SavedNetwork.open(model.folder(), model.manifest().inputSize(), precision, threads);
    }

    private Candidate best(SavedNetwork network, Precision precision) {
        List<Integer> batches = settings.batch() == null ? BATCHES : List.of(settings.batch());
        Candidate best = null;
        try {
            for (int batch : batches) {
                Candidate candidate = new Candidate(network, precision, batch, secondsAPicture(network, batch));
                if (best == null || candidate.secondsAPicture() < best.secondsAPicture() * (1 - WORTH_WAITING)) {
                    best = candidate;
                }
            }
        } catch (ModelPackageException e) {
            network.close();
            throw e;
        }
        return Objects.requireNonNull(best);
    }

    /** Why bfloat16 is not taken, or nothing. */
    private Optional<String> objection(Candidate float32, Candidate bfloat16) {
        if (bfloat16.secondsAPicture() > float32.secondsAPicture() * (1 - WORTH_WAITING)) {
            return Optional.of(String.format(Locale.ROOT, "manages %.0f", bfloat16.imagesPerSecond()));
        }
        List<Classification> expected = answers(float32.network());
        List<Classification> given = answers(bfloat16.network());
        for (int i = 0; i < expected.size(); i++) {
            double apart = apart(expected.get(i), given.get(i));
            if (!expected.get(i).label().equals(given.get(i).label()) || apart > TOLERANCE) {
                return Optional.of(String.format(
                        Locale.ROOT, "is refused: on check picture %d its probabilities are %.3f off", i + 1, apart));
            }
        }
        return Optional.empty();
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
