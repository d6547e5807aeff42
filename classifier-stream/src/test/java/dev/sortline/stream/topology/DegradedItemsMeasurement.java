// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.contract.RoutingEvent.StageMicros;
import dev.sortline.stream.item.Ballot;
import dev.sortline.stream.item.ItemVote;
import dev.sortline.stream.item.VoteEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What three frames of an item know more than one: the shipped model on the sample pictures, each degraded three times over, by two seeds. It
 * prints the figures of docs/decisions/0020 and takes a minute, so it is run by its name alone.
 */
class DegradedItemsMeasurement {
    private static final Path ROOT = Path.of("..");
    private static final int FRAMES = 3;
    private static final int BINS = 15;
    private static final double LEAST_CONFIDENCE = 0.6;
    private static final double LEAST_GAP = 0.2;

    private record Item(String truth, ItemVote vote) {
        /** The vote of its first frames alone. */
        ItemVote of(int frames) {
            return new ItemVote(vote.itemId(), vote.ballots().subList(0, frames));
        }
    }

    /** An answer, how sure it is, and whether a plan would send the item to a lane for it. */
    private record Answer(boolean right, double confidence, boolean sorted) {
        static Answer of(String truth, Map<String, Double> byLabel) {
            var best = Collections.max(byLabel.entrySet(), Map.Entry.comparingByValue());
            double next = byLabel.entrySet().stream()
                    .filter(other -> !other.equals(best))
                    .mapToDouble(Map.Entry::getValue)
                    .max()
                    .orElse(0);
            boolean sure = best.getValue() >= LEAST_CONFIDENCE && best.getValue() - next >= LEAST_GAP;
            boolean item = !best.getKey().equals(ModelPackage.EMPTY_LABEL);
            return new Answer(best.getKey().equals(truth), best.getValue(), sure && item);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.5, 0.7})
    void voteOfThreeFramesSortsMoreAndPurerThanOneFrame(double severity) throws Exception {
        // Given
        List<Item> items = items(severity);
        List<Answer> single = items.stream()
                .flatMap(item ->
                        item.vote().ballots().stream().map(ballot -> Answer.of(item.truth(), ballot.probabilities())))
                .toList();

        // When
        List<Answer> voted = answers(items, item -> item.vote().byLabel());

        // Then
        System.out.printf(Locale.ROOT, "severity %.1f%n", severity);
        print("one frame", single);
        print("vote of three", voted);
        print("vote until sure", answers(items, item -> untilSure(item).byLabel()));
        print("sum, not divided", answers(items, item -> sharpened(item.vote().byLabel(), FRAMES)));
        print("sum by root of 3", answers(items, item -> sharpened(item.vote().byLabel(), Math.sqrt(FRAMES))));
        System.out.printf(
                Locale.ROOT,
                "frames an item until sure: %.2f%n",
                items.stream()
                        .mapToInt(item -> untilSure(item).ballots().size())
                        .average()
                        .orElseThrow());
        assertThat(rightlySorted(voted)).isGreaterThan(rightlySorted(single));
        assertThat(purity(voted)).isGreaterThan(purity(single));
    }

    private static List<Item> items(double severity) throws IOException, UnreadableImageException {
        List<Item> items = new ArrayList<>();
        try (var classifier = ImageClassifier.open(ModelPackage.load(ROOT.resolve("models/waste-mobilenet-v2")));
                var files = Files.walk(ROOT.resolve("samples/belt"))) {
            List<Path> pictures = files.filter(Files::isRegularFile).sorted().toList();
            for (int seed = 1; seed <= 2; seed++) {
                var random = new SplittableRandom(seed);
                for (Path picture : pictures) {
                    String truth = String.valueOf(picture.getName(picture.getNameCount() - 2));
                    items.add(new Item(truth, seen(classifier, Files.readAllBytes(picture), severity, random)));
                }
            }
        }
        return items;
    }

    private static ItemVote seen(ImageClassifier classifier, byte[] picture, double severity, SplittableRandom random)
            throws IOException, UnreadableImageException {
        List<Ballot> ballots = new ArrayList<>();
        for (int frame = 0; frame < FRAMES; frame++) {
            try (var image = classifier.decode(DegradedPicture.of(picture, severity, random))) {
                ballots.add(ballot(frame, classifier.classify(image).byLabel()));
            }
        }
        return new ItemVote("item", ballots);
    }

    private static Ballot ballot(int number, Map<String, Double> byLabel) {
        var captured = Instant.EPOCH.plusMillis(number);
        return new Ballot(
                "frame-" + number,
                "camera-1",
                captured,
                null,
                null,
                byLabel,
                null,
                null,
                null,
                new StageMicros(0, 0, 0, 0));
    }

    private static ItemVote untilSure(Item item) {
        for (int frames = 1; frames < FRAMES; frames++) {
            if (Collections.max(item.of(frames).byLabel().values()) >= VoteEnd.SURE) {
                return item.of(frames);
            }
        }
        return item.vote();
    }

    /** What dividing the sum of logarithms by less than the number of frames would have given. */
    private static Map<String, Double> sharpened(Map<String, Double> byLabel, double power) {
        Map<String, Double> sharp = new LinkedHashMap<>(byLabel);
        sharp.replaceAll((label, probability) -> Math.pow(probability, power));
        double sum = sharp.values().stream().mapToDouble(Double::doubleValue).sum();
        sharp.replaceAll((label, share) -> share / sum);
        return sharp;
    }

    private static List<Answer> answers(List<Item> items, Function<Item, Map<String, Double>> counting) {
        return items.stream()
                .map(item -> Answer.of(item.truth(), counting.apply(item)))
                .toList();
    }

    private static double accuracy(List<Answer> answers) {
        return answers.stream().filter(Answer::right).count() / (double) answers.size();
    }

    private static double rightlySorted(List<Answer> answers) {
        return answers.stream()
                        .filter(answer -> answer.sorted() && answer.right())
                        .count()
                / (double) answers.size();
    }

    private static double purity(List<Answer> answers) {
        return rightlySorted(answers)
                * answers.size()
                / answers.stream().filter(Answer::sorted).count();
    }

    /** Expected calibration error, as {@code sortline evaluate} reckons it. */
    private static double calibrationError(List<Answer> answers) {
        double[] surplus = new double[BINS];
        for (Answer answer : answers) {
            int bin = Math.max(0, (int) Math.ceil(answer.confidence() * BINS) - 1);
            surplus[bin] += answer.confidence() - (answer.right() ? 1 : 0);
        }
        double sum = 0;
        for (double each : surplus) {
            sum += Math.abs(each);
        }
        return sum / answers.size();
    }

    private static void print(String who, List<Answer> answers) {
        System.out.printf(
                Locale.ROOT,
                "%-16s %3d answers, accuracy %.1f %%, calibration error %.3f, rightly sorted %.1f %%, purity %.1f %%%n",
                who,
                answers.size(),
                100 * accuracy(answers),
                calibrationError(answers),
                100 * rightlySorted(answers),
                100 * purity(answers));
    }
}
