// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.item;

import dev.sortline.contract.RoutingEvent.Model;
import dev.sortline.contract.RoutingEvent.StageMicros;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one item vote on what it is. Each frame's calibrated log-probabilities are summed by label, divided by the number of frames
 * and normalised again: a product of experts (Hinton, "Training Products of Experts by Minimizing Contrastive Divergence", 2002) that weigh
 * the same and together as much as one, also known as the logarithmic opinion pool (Genest and Zidek, "Combining Probability
 * Distributions", 1986). The sum alone would be Bayes' rule for frames that err independently; frames of one item do not, and it was found
 * far too sure (docs/decisions/0020). So frames that agree make an item no surer than they are themselves, and one that differs makes it
 * less sure.
 *
 * <p>Frames that different models looked at are never mixed: where a model was replaced between an item's frames, those of one model vote, of
 * the model with the most of them, and of the later one where both have as many.
 *
 * <p>The answer does not depend on the order of the frames. A vote of one frame is what that frame says.
 *
 * @param itemId the item, unique on its line
 * @param ballots its frames, in order of arrival, at least one, each once
 */
public record ItemVote(String itemId, List<Ballot> ballots) {
    /** The least probability that a frame can give a label: no frame alone can rule out what all others see. */
    private static final double LEAST_PROBABILITY = 1e-4;

    private static final Comparator<Ballot> BY_CAPTURE =
            Comparator.comparing(Ballot::capturedAt).thenComparing(Ballot::frameId);

    public ItemVote {
        ballots = List.copyOf(ballots);
        if (ballots.isEmpty()) {
            throw new IllegalArgumentException("ballots is empty: an item is known by at least one frame");
        }
        if (ballots.stream().map(Ballot::frameId).distinct().count() < ballots.size()) {
            throw new IllegalArgumentException("ballots of item '%s' has a frame twice".formatted(itemId));
        }
    }

    /** The vote with one frame more. */
    public ItemVote with(Ballot ballot) {
        return new ItemVote(
                itemId, Stream.concat(ballots.stream(), Stream.of(ballot)).toList());
    }

    public boolean has(String frameId) {
        return ballots.stream().anyMatch(ballot -> ballot.frameId().equals(frameId));
    }

    /** Probability by label, which sum to 1; empty when no frame votes. */
    public Map<String, Double> byLabel() {
        // Sorted, as sums of rounded numbers depend on their order.
        List<Ballot> voting = voting().stream().sorted(BY_CAPTURE).toList();
        if (voting.size() <= 1) {
            return voting.isEmpty() ? Map.of() : voting.get(0).probabilities();
        }
        Map<String, Double> logs = new LinkedHashMap<>();
        voting.forEach(ballot -> ballot.probabilities().keySet().forEach(label -> logs.put(label, 0.0)));
        logs.replaceAll((label, none) ->
                voting.stream().mapToDouble(ballot -> logOf(label, ballot)).sum() / voting.size());
        return normalised(logs);
    }

    /**
     * How familiar the item is, 0 to 1: the mean of what its voting frames say. One view that is blurred or cut off does not make it strange.
     * Absent when none says so.
     */
    @Nullable Double familiarity() {
        OptionalDouble mean = voting().stream()
                .map(Ballot::familiarity)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .average();
        return mean.isPresent() ? Double.valueOf(mean.getAsDouble()) : null;
    }

    /** The most probable label, the first where several are equal; empty when no frame votes. */
    public Optional<String> label() {
        @Nullable String best = null;
        Map<String, Double> byLabel = byLabel();
        for (var each : byLabel.entrySet()) {
            if (best == null || each.getValue() > byLabel.getOrDefault(best, 0.0)) {
                best = each.getKey();
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * The frame that tells where the item is: the first of the camera that was the last to see it. A camera's place on the belt is where
     * items are when it first sees them, and from the last camera the way to the ejector, and with it what a changing speed spoils, is the
     * shortest.
     */
    public Ballot position() {
        Map<String, Ballot> firsts = new HashMap<>();
        ballots.forEach(ballot -> firsts.merge(
                ballot.cameraId(), ballot, (one, other) -> BY_CAPTURE.compare(one, other) <= 0 ? one : other));
        return firsts.values().stream().max(BY_CAPTURE).orElseThrow();
    }

    /** When the first frame was captured. */
    public Instant capturedAt() {
        return ballots.stream().min(BY_CAPTURE).orElseThrow().capturedAt();
    }

    /** The model whose frames vote; empty when none does, or when it was not kept which it is. */
    Optional<Model> model() {
        return voting().stream().map(Ballot::model).filter(Objects::nonNull).findFirst();
    }

    /** The frames on which the decision rests: those that vote, or all when none does. */
    List<String> frameIds() {
        List<Ballot> voting = voting();
        return (voting.isEmpty() ? ballots : voting)
                .stream().map(Ballot::frameId).toList();
    }

    /** The frames that vote, all of one model, in order of arrival. */
    private List<Ballot> voting() {
        Map<Optional<Model>, List<Ballot>> byModel = new HashMap<>();
        ballots.stream().filter(Ballot::votes).forEach(ballot -> byModel.computeIfAbsent(
                        Optional.ofNullable(ballot.model()), unused -> new ArrayList<>())
                .add(ballot));
        return byModel.values().stream()
                .max(Comparator.<List<Ballot>>comparingInt(List::size).thenComparing(ItemVote::latest, BY_CAPTURE))
                .orElse(List.of());
    }

    private static Ballot latest(List<Ballot> ballots) {
        return ballots.stream().max(BY_CAPTURE).orElseThrow();
    }

    /** The known label, if a frame has it. */
    @Nullable String truth() {
        return ballots.stream()
                .map(Ballot::truth)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Why a frame could not be read, if one could not. */
    Optional<String> problem() {
        return ballots.stream()
                .map(Ballot::problem)
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .findFirst();
    }

    /** The longest that a frame waited, and what decoding and inferring took of all together. */
    StageMicros micros(long decide) {
        return new StageMicros(
                ballots.stream()
                        .mapToLong(ballot -> ballot.micros().queue())
                        .max()
                        .orElse(0),
                ballots.stream().mapToLong(ballot -> ballot.micros().decode()).sum(),
                ballots.stream().mapToLong(ballot -> ballot.micros().infer()).sum(),
                decide);
    }

    private static double logOf(String label, Ballot ballot) {
        return Math.log(Math.max(LEAST_PROBABILITY, ballot.probabilities().getOrDefault(label, 0.0)));
    }

    private static Map<String, Double> normalised(Map<String, Double> logs) {
        double highest = logs.values().stream().reduce(Double.NEGATIVE_INFINITY, Math::max);
        Map<String, Double> probabilities = new LinkedHashMap<>(logs);
        // Less the highest, so that no exponential is too small to be told from 0.
        probabilities.replaceAll((label, log) -> Math.exp(log - highest));
        double sum =
                probabilities.values().stream().mapToDouble(Double::doubleValue).sum();
        probabilities.replaceAll((label, share) -> share / sum);
        return probabilities;
    }
}
