// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.sortline.contract.RoutingEvent.StageMicros;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.Lines;
import dev.sortline.sorting.PlanInForce;
import dev.sortline.stream.item.Ballot;
import dev.sortline.stream.item.ItemVote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every vote, whatever the frames show and however they come. */
class ItemVotePropertiesTest {
    private static final Line LINE = new Line("line-1", Lines.BELT, new PlanInForce(Lines.EDITION), 3);

    /** A frame: which of a few items it shows, if that is known, and what it looks like. */
    record Capture(int item, int number, String image) {}

    @Provide
    Arbitrary<ItemVote> votes() {
        return Arbitraries.doubles()
                .between(0, 1)
                .list()
                .ofSize(WordClassifier.LABELS.size())
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(all -> new ItemVote(
                        "item",
                        IntStream.range(0, all.size())
                                .mapToObj(number -> ballot(number, all.get(number)))
                                .toList()));
    }

    @Provide
    Arbitrary<List<Capture>> captures() {
        var images = Arbitraries.of("glass", "metal", "empty", "unsure", "either", "certain", "corrupt", "bug");
        var items = Arbitraries.integers().between(0, 4);
        var numbers = Arbitraries.integers().between(0, 9);
        return Combinators.combine(items, numbers, images)
                .as(Capture::new)
                .list()
                .ofMaxSize(30);
    }

    @Property
    void probabilitiesAreProbabilities(@ForAll("votes") ItemVote vote) {
        // When
        var byLabel = vote.byLabel();

        // Then
        assertThat(byLabel.values()).allSatisfy(each -> assertThat(each).isBetween(0.0, 1.0));
        assertThat(byLabel.values().stream().mapToDouble(Double::doubleValue).sum())
                .isCloseTo(1, offset(1e-9));
    }

    @Property
    void orderOfFramesDoesNotMatter(@ForAll("votes") ItemVote vote, @ForAll Random random) {
        // Given
        List<Ballot> shuffled = new ArrayList<>(vote.ballots());
        Collections.shuffle(shuffled, random);

        // When
        var other = new ItemVote("item", shuffled);

        // Then
        assertThat(other.byLabel()).isEqualTo(vote.byLabel());
        assertThat(other.position()).isEqualTo(vote.position());
        assertThat(other.capturedAt()).isEqualTo(vote.capturedAt());
    }

    @Property
    void frameThatAgreesMakesNoAnswerLessSure(@ForAll("votes") ItemVote vote) {
        // Given
        var one = vote.ballots().get(0);
        var alone = new ItemVote("item", List.of(one));

        // When
        var confirmed = alone.with(ballot(99, List.copyOf(one.probabilities().values())));

        // Then
        String label = alone.label().orElseThrow();
        assertThat(confirmed.byLabel().get(label))
                .isGreaterThanOrEqualTo(alone.byLabel().get(label) - 1e-3);
    }

    @Property(tries = 50)
    void everyFrameHasOneFateAndEveryItemAtMostOneEvent(@ForAll("captures") List<Capture> captures) {
        try (var line = DrivenLine.of(LINE)) {
            // Given
            for (Capture capture : captures) {
                // Item 0 is what a free-running camera sees.
                line.capture(capture.number(), capture.item() == 0 ? null : "item-" + capture.item(), capture.image());
            }

            // When
            line.waitUntil(10_000);

            // Then
            assertThat(line.fates().values().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(captures.size());
            assertThat(line.events()).extracting(event -> event.id()).doesNotHaveDuplicates();
        }
    }

    @Property(tries = 50)
    void framesThatComeTwiceDecideAsThoughTheyCameOnce(@ForAll("captures") List<Capture> captures) {
        try (var once = DrivenLine.of(LINE);
                var twice = DrivenLine.of(LINE)) {
            // Given
            Set<Integer> taken = new HashSet<>();
            for (Capture capture : captures) {
                if (capture.item() > 0 && taken.add(capture.number())) {
                    once.capture(capture.number(), "item-" + capture.item(), capture.image());
                    twice.capture(capture.number(), "item-" + capture.item(), capture.image());
                    twice.capture(capture.number(), "item-" + capture.item(), capture.image());
                }
            }

            // When
            once.waitUntil(10_000);
            twice.waitUntil(10_000);

            // Then
            assertThat(twice.events())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("stageMicros")
                    .isEqualTo(once.events());
        }
    }

    private static Ballot ballot(int number, List<Double> shares) {
        double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
        Map<String, Double> byLabel = new LinkedHashMap<>();
        for (int i = 0; i < shares.size(); i++) {
            byLabel.put(WordClassifier.LABELS.get(i), sum == 0 ? 1.0 / shares.size() : shares.get(i) / sum);
        }
        var captured = Instant.EPOCH.plusMillis(number);
        return new Ballot(
                "frame-" + number,
                "camera-" + number % 3,
                captured,
                null,
                null,
                byLabel,
                null,
                null,
                null,
                new StageMicros(0, 0, 0, 0));
    }
}
