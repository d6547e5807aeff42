// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.network;

import dev.sortline.classifier.engine.LoadedNetwork;
import dev.sortline.classifier.engine.MissingEngineException;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.classifier.model.Sha256;
import dev.sortline.classifier.runtime.FreedMemory;
import dev.sortline.classifier.runtime.Processor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out on this machine how the network runs best: by which engine, in which numbers, how many pictures at once, and how many runs at the
 * same time. Takes two or three seconds, less where settings leave less open, and nothing where an earlier start has found it out.
 *
 * <p>What the package has a file for, the processor can do and whose library is there is tried in turns, and a simpler way stays unless another
 * is {@linkplain ClearlyBetter clearly better}. An engine is taken only if, on the model's own check pictures, it names the labels that
 * TensorFlow names in float32, with nearly the same probabilities; a model without check pictures runs in that.
 */
public final class InferenceTrial {
    private static final Logger LOG = LoggerFactory.getLogger(InferenceTrial.class);

    private static final List<Integer> BATCHES = List.of(1, 2, 4, 8);
    /** By how much a probability of a check picture may differ. */
    private static final double TOLERANCE = 0.02;
    /** By how much its familiarity may differ, a share of known pictures. */
    private static final double FAMILIARITY_TOLERANCE = 0.1;
    /** A larger batch must bring this share more, for it makes the first of its pictures wait; so must another run, for it takes memory. */
    private static final double WORTH_WAITING = 0.1;

    /** Engines are compared at this many pictures at once. */
    private static final int COMPARED_AT = 4;

    private static final int ROUNDS = 7;
    /** Of one way in one round. */
    private static final long NANOS_A_POINT = 12_000_000;

    private final ModelPackage model;
    private final InferenceSettings settings;
    private final int threads;
    private final Checks checks;
    private final ChoiceCache cache;
    private final ProcessorShare share;

    private record Way(LoadedNetwork network, int batch, int atOnce) {}

    private record Opened(Candidate candidate, LoadedNetwork network) {}

    @SuppressWarnings("ArrayRecordComponent")
    private record Answer(float[] probabilities, @Nullable Double familiarity) {}

    /** What was found: the network as it is to be run, open. */
    public record Outcome(LoadedNetwork network, InferenceTuning tuning) {}

    /** The model's check pictures as the network gets them; may be none. They are read once, where they are needed. */
    @FunctionalInterface
    public interface Checks {
        /** The pictures stay open until the trial ends. */
        List<FloatBuffer> read();
    }

    /** @param threads that share one run */
    public InferenceTrial(
            ModelPackage model, InferenceSettings settings, int threads, Checks checks, ChoiceCache cache) {
        this(model, settings, threads, checks, cache, new ProcessorShare());
    }

    InferenceTrial(
            ModelPackage model,
            InferenceSettings settings,
            int threads,
            Checks checks,
            ChoiceCache cache,
            ProcessorShare share) {
        this.model = model;
        this.settings = settings;
        this.threads = threads;
        this.checks = checks;
        this.cache = cache;
        this.share = share;
    }

    /**
     * Measures what the settings leave open and no earlier start has measured, on the calling thread and as many more as it tries runs.
     *
     * @throws ModelPackageException if the network cannot be run, or not as the settings want it
     */
    public Outcome run() {
        List<Candidate> candidates = candidates();
        if (candidates.size() == 1 && settings.batch() != null && settings.runs() != null) {
            return new Outcome(
                    open(candidates.get(0)), tuning(candidates.get(0), settings.batch(), settings.runs(), 0));
        }
        Map<String, String> circumstances = circumstances();
        Optional<Outcome> kept = cache.find(circumstances).flatMap(this::kept);
        if (kept.isPresent()) {
            return kept.get();
        }
        Outcome found = measured(candidates);
        if (threads > 1 || share.isNearlyAll()) {
            cache.keep(circumstances, found.tuning());
        } else {
            LOG.info(
                    "inference: other work had {} of the processors meanwhile, so it is measured again at the next start",
                    String.format(Locale.ROOT, "%.0f %%", 100 * (1 - share.ofLoops())));
        }
        return found;
    }

    /**
     * Runs the network as another model is run: by its engine, where this package has a file for it and it answers as TensorFlow does in
     * float32, else by TensorFlow in float32. Nothing is measured, for the other one is in use.
     *
     * @throws ModelPackageException if the network cannot be run, or not as the settings want it
     */
    public Outcome runLike(InferenceTuning other) {
        Candidate wanted = new Candidate(other.engine(), other.precision());
        List<Candidate> candidates = candidates();
        Candidate first = candidates.get(0);
        if (candidates.size() == 1 || wanted.equals(first) || !candidates.contains(wanted)) {
            return like(first, open(first), other);
        }
        StringBuilder told = new StringBuilder();
        LoadedNetwork reference = open(first);
        Optional<Opened> same = answeringAlike(wanted, answers(reference, checks.read()), told);
        if (same.isEmpty()) {
            LOG.info("inference: {} for model {}{}", first, model, told);
            return like(first, reference, other);
        }
        reference.close();
        return like(wanted, same.get().network(), other);
    }

    private Outcome like(Candidate candidate, LoadedNetwork network, InferenceTuning other) {
        return new Outcome(network, tuning(candidate, other.batch(), other.runs(), 0));
    }

    /** Those that the settings leave open and the package has a file for; at least one. */
    private List<Candidate> candidates() {
        List<Candidate> open =
                Candidate.ALL.stream().filter(each -> each.fits(settings)).toList();
        List<Candidate> there = open.stream().filter(each -> each.isIn(model)).toList();
        if (open.isEmpty()) {
            throw new ModelPackageException(
                    "inference: %s has no %s".formatted(settings.engine(), settings.precision()));
        }
        if (there.isEmpty()) {
            throw new ModelPackageException(
                    "inference: the package %s has no file for %s: write it with sortline model quantize, or take another engine"
                            .formatted(model.folder(), open.get(0)));
        }
        return there;
    }

    private LoadedNetwork open(Candidate candidate) {
        try {
            return candidate.open(model, threads);
        } catch (MissingEngineException e) {
            throw new ModelPackageException("inference: %s cannot be used: %s".formatted(candidate, e.getMessage()), e);
        }
    }

    private InferenceTuning tuning(Candidate candidate, int batch, int runs, double imagesPerSecond) {
        return new InferenceTuning(candidate.engine(), candidate.precision(), batch, runs, threads, imagesPerSecond);
    }

    /** All that the choice depends on. */
    private Map<String, String> circumstances() {
        Processor processor = Processor.here();
        Map<String, String> all = new TreeMap<>();
        all.put("processor", processor.name());
        all.put("features", new TreeSet<>(processor.features()).toString());
        all.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        all.put("package", model + " " + model.manifest().digest());
        all.put("checks", checksDigest());
        all.put("settings", settings.toString());
        all.put("version", String.valueOf(InferenceTrial.class.getPackage().getImplementationVersion()));
        return all;
    }

    private String checksDigest() {
        StringBuilder digests = new StringBuilder();
        try {
            for (Path file : model.checkPictures()) {
                digests.append(Sha256.of(file)).append('\n');
            }
        } catch (IOException e) {
            throw new ModelPackageException(
                    "the check pictures of %s cannot be read: %s".formatted(model.folder(), e.getMessage()), e);
        }
        return Sha256.of(digests.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** What an earlier start found, if it can still be opened. */
    private Optional<Outcome> kept(InferenceTuning tuning) {
        Candidate candidate = new Candidate(tuning.engine(), tuning.precision());
        try {
            LoadedNetwork network = candidate.open(model, threads);
            LOG.info(
                    "inference: {}, up to {} pictures a run, {} runs at the same time on {} threads each, as measured"
                            + " at an earlier start",
                    candidate,
                    tuning.batch(),
                    tuning.runs(),
                    threads);
            return Optional.of(new Outcome(network, tuning));
        } catch (MissingEngineException e) {
            return Optional.empty();
        }
    }

    private Outcome measured(List<Candidate> candidates) {
        if (candidates.size() == 1) {
            return batched(new Opened(candidates.get(0), open(candidates.get(0))), "");
        }
        List<Opened> opened = new ArrayList<>();
        StringBuilder told = new StringBuilder();
        try {
            Opened best = best(candidates, opened, told);
            opened.remove(best);
            opened.forEach(other -> other.network().close());
            opened.clear();
            FreedMemory.giveBack();
            return batched(best, told.toString());
        } catch (RuntimeException e) {
            opened.forEach(other -> other.network().close());
            throw e;
        }
    }

    /** Opens what may be taken and compares it; what is left open is in the list. */
    private Opened best(List<Candidate> candidates, List<Opened> opened, StringBuilder told) {
        List<FloatBuffer> pictures = checks.read();
        Opened first = new Opened(candidates.get(0), open(candidates.get(0)));
        opened.add(first);
        if (pictures.isEmpty()) {
            told.append("; nothing else was tried, for the model has no check pictures");
            return first;
        }
        List<Answer> expected;
        if (first.candidate().equals(Candidate.REFERENCE)) {
            expected = answers(first.network(), pictures);
        } else {
            try (LoadedNetwork reference = open(Candidate.REFERENCE)) {
                expected = answers(reference, pictures);
            }
        }
        for (Candidate candidate : candidates.subList(1, candidates.size())) {
            answeringAlike(candidate, expected, told).ifPresent(opened::add);
        }
        if (opened.size() == 1) {
            return first;
        }
        int batch = settings.batch() == null ? COMPARED_AT : settings.batch();
        List<Integer> runs = runsToTry();
        double[][] seconds = inTurns(opened.stream()
                .map(each -> new Way(each.network(), batch, runs.get(runs.size() - 1)))
                .toList());
        for (int i = 0; i < opened.size(); i++) {
            told.append(i == 0 ? "; tried at %d a run: ".formatted(batch) : ", ")
                    .append(opened.get(i).candidate())
                    .append(' ')
                    .append(Math.round(1 / ClearlyBetter.median(seconds[i])));
        }
        return opened.get(ClearlyBetter.of(seconds, WORTH_WAITING));
    }

    /** Opens a candidate if it can be run here and answers the check pictures as it should; else tells why not. */
    private Optional<Opened> answeringAlike(Candidate candidate, List<Answer> expected, StringBuilder told) {
        Optional<String> lack = candidate.lackOf(Processor.here());
        if (lack.isPresent()) {
            told.append("; %s was not tried, for %s".formatted(candidate, lack.get()));
            return Optional.empty();
        }
        LoadedNetwork network;
        try {
            network = candidate.open(model, threads);
        } catch (MissingEngineException | ModelPackageException e) {
            told.append("; %s was not tried: %s".formatted(candidate, e.getMessage()));
            return Optional.empty();
        }
        Optional<String> objection;
        try {
            objection = objection(expected, answers(network, checks.read()));
        } catch (ModelPackageException e) {
            objection = Optional.ofNullable(e.getMessage());
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
        if (objection.isPresent()) {
            network.close();
            told.append("; %s is refused: %s".formatted(candidate, objection.get()));
            return Optional.empty();
        }
        return Optional.of(new Opened(candidate, network));
    }

    /** Finds batch and runs, as far as they are not pinned. */
    private Outcome batched(Opened taken, String told) {
        List<Integer> batches = settings.batch() == null ? BATCHES : List.of(settings.batch());
        List<Way> ways = new ArrayList<>();
        for (int atOnce : runsToTry()) {
            for (int batch : batches) {
                ways.add(new Way(taken.network(), batch, atOnce));
            }
        }
        InferenceTuning best;
        try {
            double[][] seconds = inTurns(ways);
            int chosen = ClearlyBetter.of(seconds, WORTH_WAITING);
            Way way = ways.get(chosen);
            best = tuning(taken.candidate(), way.batch(), way.atOnce(), 1 / ClearlyBetter.median(seconds[chosen]));
        } catch (RuntimeException e) {
            taken.network().close();
            throw e;
        }
        LOG.info(
                "inference: {}, up to {} pictures a run, {} runs at the same time on {} threads each: {} pictures a"
                        + " second{}",
                taken.candidate(),
                best.batch(),
                best.runs(),
                threads,
                Math.round(best.imagesPerSecond()),
                told);
        return new Outcome(taken.network(), best);
    }

    /** As pinned; else one, and as many as keep all processors busy. */
    private List<Integer> runsToTry() {
        if (settings.runs() != null) {
            return List.of(settings.runs());
        }
        int most = Math.min(Runtime.getRuntime().availableProcessors() / threads, InferenceSettings.MOST_RUNS);
        return most > 1 ? List.of(1, most) : List.of(1);
    }

    /** Why answers are not good enough, or nothing. */
    private static Optional<String> objection(List<Answer> expected, List<Answer> given) {
        for (int i = 0; i < expected.size(); i++) {
            Answer wanted = expected.get(i);
            Answer got = given.get(i);
            double apart = apart(wanted.probabilities(), got.probabilities());
            // Neither is true of what is no number.
            if (best(wanted.probabilities()) != best(got.probabilities()) || !(apart <= TOLERANCE)) {
                return Optional.of(
                        String.format(Locale.ROOT, "on check picture %d its probabilities are %.3f off", i + 1, apart));
            }
            double strange = wanted.familiarity() == null || got.familiarity() == null
                    ? 0
                    : Math.abs(wanted.familiarity() - got.familiarity());
            if (strange > FAMILIARITY_TOLERANCE) {
                return Optional.of(
                        String.format(Locale.ROOT, "on check picture %d its familiarity is %.3f off", i + 1, strange));
            }
        }
        return Optional.empty();
    }

    /** What is said of each check picture. */
    private List<Answer> answers(LoadedNetwork network, List<FloatBuffer> pictures) {
        AnswerReader reader = new AnswerReader(model, network);
        List<Answer> answers = new ArrayList<>();
        for (FloatBuffer picture : pictures) {
            float[] row = network.scores(List.of(picture))[0];
            answers.add(new Answer(reader.probabilities(row), reader.familiarity(row)));
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
                return share.watch(() -> leastNanos(network, grey));
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
