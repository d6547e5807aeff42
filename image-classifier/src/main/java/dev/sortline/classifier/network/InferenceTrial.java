// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.network;

import dev.sortline.classifier.engine.LoadedNetwork;
import dev.sortline.classifier.engine.Precision;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.classifier.runtime.Processor;
import dev.sortline.classifier.tensorflow.SavedNetwork;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
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

/**
 * Finds out on this machine how the network runs best: in float32 or bfloat16, how many pictures at once, and how many runs at the same
 * time. Takes a second or two, less where settings leave less open.
 *
 * <p>Ways are tried in turns, and a simpler one stays unless another is {@linkplain ClearlyBetter clearly better}. bfloat16 is tried only
 * where the processor has it, for elsewhere it is emulated; it is taken only if it is faster and, on the model's own check pictures, names
 * the same label with nearly the same probabilities; a model without check pictures runs in float32.
 */
public final class InferenceTrial {
    private static final Logger LOG = LoggerFactory.getLogger(InferenceTrial.class);

    private static final List<Integer> BATCHES = List.of(1, 2, 4, 8);
    /** By how much probabilities may differ between precisions. */
    private static final double TOLERANCE = 0.02;
    /** A larger batch must bring this share more, for it makes the first of its pictures wait; so must another run, for it takes memory. */
    private static final double WORTH_WAITING = 0.1;

    /** Precisions are compared at this many pictures at once. */
    private static final int COMPARED_AT = 8;

    private static final int ROUNDS = 7;
    /** Of one way in one round. */
    private static final long NANOS_A_POINT = 12_000_000;

    private final ModelPackage model;
    private final InferenceSettings settings;
    private final List<FloatBuffer> checks;
    private final int threads;

    private record Way(LoadedNetwork network, int batch, int atOnce) {}

    /** What was found: the network as it is to be run, open. */
    public record Outcome(LoadedNetwork network, InferenceTuning tuning) {}

    /**
     * @param threads that share one run
     * @param checks the model's check pictures as the network gets them; may be none
     */
    public InferenceTrial(ModelPackage model, InferenceSettings settings, int threads, List<FloatBuffer> checks) {
        this.model = model;
        this.settings = settings;
        this.threads = threads;
        this.checks = checks;
    }

    /**
     * Measures what the settings leave open. Takes a second or two, on the calling thread and as many more as it tries runs.
     *
     * @throws ModelPackageException if the network cannot be run
     */
    public Outcome run() {
        Precision pinned = settings.precision();
        if (pinned != null) {
            return batched(open(pinned), pinned, "");
        }
        LoadedNetwork float32 = open(Precision.FLOAT32);
        if (checks.isEmpty()) {
            return batched(float32, Precision.FLOAT32, "; bfloat16 was not tried, for the model has no check pictures");
        }
        if (!Processor.here().hasBfloat16()) {
            return batched(
                    float32,
                    Precision.FLOAT32,
                    "; bfloat16 was not tried, for the processor does not say that it has it");
        }
        LoadedNetwork bfloat16 = open(Precision.BFLOAT16);
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

    private LoadedNetwork open(Precision precision) {
        return SavedNetwork.open(model.folder(), model.manifest().inputSize(), precision, threads);
    }

    /** Finds batch and runs, as far as they are not pinned. */
    private Outcome batched(LoadedNetwork network, Precision precision, String told) {
        List<Integer> batches = settings.batch() == null ? BATCHES : List.of(settings.batch());
        List<Integer> runs = settings.runs() == null ? runsToTry() : List.of(settings.runs());
        if (batches.size() == 1 && runs.size() == 1) {
            return new Outcome(network, new InferenceTuning(precision, batches.get(0), runs.get(0), threads, 0));
        }
        List<Way> ways = new ArrayList<>();
        for (int atOnce : runs) {
            for (int batch : batches) {
                ways.add(new Way(network, batch, atOnce));
            }
        }
        InferenceTuning best;
        try {
            double[][] seconds = inTurns(ways);
            int chosen = ClearlyBetter.of(seconds, WORTH_WAITING);
            Way way = ways.get(chosen);
            best = new InferenceTuning(
                    precision, way.batch(), way.atOnce(), threads, 1 / ClearlyBetter.median(seconds[chosen]));
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
    private Optional<String> objection(LoadedNetwork float32, LoadedNetwork bfloat16) {
        List<float[]> expected = answers(float32);
        List<float[]> given = answers(bfloat16);
        for (int i = 0; i < expected.size(); i++) {
            double apart = apart(expected.get(i), given.get(i));
            if (best(expected.get(i)) != best(given.get(i)) || apart > TOLERANCE) {
                return Optional.of(String.format(
                        Locale.ROOT, "is refused: on check picture %d its probabilities are %.3f off", i + 1, apart));
            }
        }
        double[][] seconds = inTurns(List.of(new Way(float32, COMPARED_AT, 1), new Way(bfloat16, COMPARED_AT, 1)));
        double gain = ClearlyBetter.median(seconds[0]) / ClearlyBetter.median(seconds[1]);
        return ClearlyBetter.of(seconds, WORTH_WAITING) == 0
                ? Optional.of(String.format(Locale.ROOT, "manages %.2f times as many", gain))
                : Optional.empty();
    }

    /** The probabilities of each check picture. */
    private List<float[]> answers(LoadedNetwork network) {
        TemperedSoftmax softmax =
                new TemperedSoftmax(model.manifest().output(), model.manifest().temperature());
        List<float[]> answers = new ArrayList<>();
        for (FloatBuffer check : checks) {
            answers.add(softmax.probabilities(network.scores(List.of(check))[0]));
        }
        return answers;
    }

    /** Which label is the most probable, the first of them where several are equal. */
    private static int best(float[] probabilities) {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            if (probabilities[i] > probabilities[best]) {
                best = i;
            }
        }
        return best;
    }

    private static double apart(float[] one, float[] other) {
        double most = 0;
        for (int i = 0; i < one.length; i++) {
            most = Math.max(most, Math.abs(one[i] - other[i]));
        }
        return most;
    }

    /** Seconds a picture, by way and round. */
    private double[][] inTurns(List<Way> ways) {
        double[][] seconds = new double[ways.size()][ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            for (int i = 0; i < ways.size(); i++) {
                double taken = secondsAPicture(
                        ways.get(i).network(), ways.get(i).batch(), ways.get(i).atOnce());
                if (round >= 0) { // the first goes to warming up
                    seconds[i][round] = taken;
                }
            }
        }
        return seconds;
    }

    /** The best of a few runs, with others beside them: what disturbs a run makes it longer, never shorter. */
    private double secondsAPicture(LoadedNetwork network, int batch, int atOnce) {
        List<FloatBuffer> grey =
                Collections.nCopies(batch, plain(model.manifest().inputSize()));
        var ready = new CountDownLatch(atOnce);
        ExecutorService loops = Executors.newFixedThreadPool(atOnce);
        try {
            Callable<Long> loop = () -> {
                ready.countDown();
                ready.await();
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

    /** A picture of one colour, to be run and not to be looked at. */
    public static FloatBuffer plain(int inputSize) {
        return ByteBuffer.allocateDirect(Float.BYTES * 3 * inputSize * inputSize)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static long leastNanos(LoadedNetwork network, List<FloatBuffer> pictures) {
        long least = Long.MAX_VALUE;
        long begin = System.nanoTime();
        for (int run = 0; run < 1 || System.nanoTime() - begin < NANOS_A_POINT; run++) {
            long started = System.nanoTime();
            network.scores(pictures);
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
