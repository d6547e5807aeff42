// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.data.Offset.offset;

import dev.sortline.contract.RoutingEvent.Model;
import dev.sortline.contract.RoutingEvent.StageMicros;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ItemVoteTest {
    private static final Instant CAPTURED = Instant.parse("2026-01-01T00:00:00Z");
    private static final StageMicros MICROS = new StageMicros(1, 2, 3, 0);

    @Test
    void voteOfOneFrameIsWhatThatFrameSays() {
        // Given
        var vote = new ItemVote("item", List.of(seen("a", 0, Map.of("glass", 0.7, "metal", 0.3))));

        // When
        var byLabel = vote.byLabel();

        // Then
        assertThat(byLabel).containsExactlyInAnyOrderEntriesOf(Map.of("glass", 0.7, "metal", 0.3));
    }

    @Test
    void framesWeighTheSameAndTogetherAsMuchAsOne() {
        // Given
        var vote = new ItemVote(
                "item",
                List.of(
                        seen("a", 0, Map.of("glass", 0.9, "metal", 0.1)),
                        seen("b", 1, Map.of("glass", 0.6, "metal", 0.4))));
        double glass = Math.sqrt(0.9 * 0.6);
        double metal = Math.sqrt(0.1 * 0.4);

        // When
        var byLabel = vote.byLabel();

        // Then
        assertThat(byLabel.get("glass")).isCloseTo(glass / (glass + metal), offset(1e-12));
        assertThat(byLabel.get("metal")).isCloseTo(metal / (glass + metal), offset(1e-12));
    }

    @Test
    void framesThatAgreeMakeAnItemNoSurer() {
        // Given
        var ballot = Map.of("glass", 0.8, "metal", 0.2);
        var vote = new ItemVote("item", List.of(seen("a", 0, ballot), seen("b", 1, ballot), seen("c", 2, ballot)));

        // When
        var byLabel = vote.byLabel();

        // Then
        assertThat(byLabel.get("glass")).isCloseTo(0.8, offset(1e-12));
    }

    @Test
    void noFrameAloneRulesOutWhatAnotherSees() {
        // Given
        var vote = new ItemVote(
                "item",
                List.of(
                        seen("a", 0, Map.of("glass", 1.0, "metal", 0.0)),
                        seen("b", 1, Map.of("glass", 0.0, "metal", 1.0))));

        // When
        var byLabel = vote.byLabel();

        // Then
        assertThat(byLabel.get("glass")).isCloseTo(0.5, offset(1e-12));
        assertThat(byLabel.get("metal")).isCloseTo(0.5, offset(1e-12));
    }

    @Test
    void labelThatAFrameDoesNotKnowIsAsImprobableAsCanBe() {
        // Given
        var vote = new ItemVote(
                "item", List.of(seen("a", 0, Map.of("glass", 0.5, "metal", 0.5)), seen("b", 1, Map.of("glass", 1.0))));
        double glass = Math.sqrt(0.5);
        double metal = Math.sqrt(0.5 * 1e-4);

        // When
        var byLabel = vote.byLabel();

        // Then
        assertThat(byLabel.get("metal")).isCloseTo(metal / (glass + metal), offset(1e-12));
    }

    @Test
    void frameThatWasNotClassifiedDoesNotVote() {
        // Given
        var vote = new ItemVote(
                "item", List.of(unread("a", 0, "corrupt"), seen("b", 1, Map.of("glass", 0.7, "metal", 0.3))));

        // When
        var byLabel = vote.byLabel();

        // Then
        assertThat(byLabel).contains(entry("glass", 0.7));
        assertThat(vote.frameIds()).containsExactly("b");
    }

    @Test
    void itemOfWhichNoFrameVotesRestsOnAllOfThem() {
        // Given
        var vote = new ItemVote("item", List.of(unread("a", 0, null), unread("b", 1, "corrupt")));

        // When
        var label = vote.label();

        // Then
        assertThat(label).isEmpty();
        assertThat(vote.byLabel()).isEmpty();
        assertThat(vote.frameIds()).containsExactly("a", "b");
        assertThat(vote.problem()).hasValue("corrupt");
    }

    @Test
    void labelIsTheFirstWhereSeveralAreEqual() {
        // Given
        var vote = new ItemVote("item", List.of(seen("a", 0, ordered("paper", 0.2, "metal", 0.4, "glass", 0.4))));

        // When
        var label = vote.label();

        // Then
        assertThat(label).hasValue("metal");
    }

    @Test
    void answerDoesNotDependOnTheOrderOfTheFrames() {
        // Given
        var one = seen("a", 0, ordered("paper", 0.1, "metal", 0.2, "glass", 0.7));
        var other = seen("b", 1, ordered("paper", 0.3, "metal", 0.3, "glass", 0.4));
        var third = seen("c", 2, ordered("paper", 0.5, "metal", 0.2, "glass", 0.3));

        // When
        var byLabel = new ItemVote("item", List.of(one, other, third)).byLabel();

        // Then
        assertThat(new ItemVote("item", List.of(third, one, other)).byLabel()).isEqualTo(byLabel);
    }

    @Test
    void positionIsTheFirstFrameOfTheCameraThatFirstSawTheItemLast() {
        // Given
        var glass = Map.of("glass", 1.0);
        var vote = new ItemVote(
                "item",
                List.of(
                        of("late", "camera-1", 900, glass),
                        of("second", "camera-2", 400, glass),
                        of("first", "camera-2", 300, glass),
                        of("early", "camera-1", 100, glass)));

        // When
        var position = vote.position();

        // Then
        assertThat(position.frameId()).isEqualTo("first");
        assertThat(vote.capturedAt()).isEqualTo(CAPTURED.plusMillis(100));
    }

    @Test
    void positionOfFramesOfTheSameTimeIsTheSameInAnyOrder() {
        // Given
        var glass = Map.of("glass", 1.0);
        var one = of("a", "camera-1", 0, glass);
        var other = of("b", "camera-1", 0, glass);

        // When
        var position = new ItemVote("item", List.of(other, one)).position();

        // Then
        assertThat(position).isEqualTo(one);
        assertThat(new ItemVote("item", List.of(one, other)).position()).isEqualTo(one);
    }

    @Test
    void timesAreTheLongestWaitAndTheSumsOfTheRest() {
        // Given
        var vote = new ItemVote(
                "item",
                List.of(
                        taking("a", new StageMicros(70, 10, 100, 0)),
                        taking("b", new StageMicros(90, 20, 200, 0)),
                        taking("c", new StageMicros(80, 30, 300, 0))));

        // When
        var micros = vote.micros(7);

        // Then
        assertThat(micros).isEqualTo(new StageMicros(90, 60, 600, 7));
    }

    @Test
    void frameOfTheVoteIsKnownByItsId() {
        // Given
        var vote = new ItemVote("item", List.of(unread("a", 0, null))).with(unread("b", 1, null));

        // When
        boolean has = vote.has("b");

        // Then
        assertThat(has).isTrue();
        assertThat(vote.has("c")).isFalse();
        assertThat(vote.ballots()).hasSize(2);
    }

    @Test
    void frameThatIsThereTwiceIsRefused() {
        // Given
        var vote = new ItemVote("item", List.of(unread("a", 0, null)));

        // When
        var voting = assertThatThrownBy(() -> vote.with(unread("a", 1, null)));

        // Then
        voting.hasMessage("ballots of item 'item' has a frame twice");
    }

    @Test
    void itemOfNoFrameIsRefused() {
        // Given
        List<Ballot> none = List.of();

        // When
        var voting = assertThatThrownBy(() -> new ItemVote("item", none));

        // Then
        voting.hasMessage("ballots is empty: an item is known by at least one frame");
    }

    @Test
    void frameThatCouldNotBeReadHasNoProbabilities() {
        // Given
        var probabilities = Map.of("glass", 1.0);

        // When
        var making = assertThatThrownBy(
                () -> new Ballot("a", "camera-1", CAPTURED, null, null, probabilities, null, null, "corrupt", MICROS));

        // Then
        making.hasMessage("problem is 'corrupt': a frame that could not be read has no probabilities");
    }

    @Test
    void framesOfAnItemAreNeverMixedOverASwap() {
        // Given
        var vote = new ItemVote(
                "item",
                List.of(
                        by("1", "a", 0, Map.of("glass", 0.9, "metal", 0.1)),
                        by("2", "b", 10, Map.of("tin", 0.8, "glass", 0.2)),
                        by("2", "c", 20, Map.of("tin", 0.8, "glass", 0.2))));

        // When
        var byLabel = vote.byLabel();

        // Then
        assertThat(byLabel).containsOnlyKeys("tin", "glass");
        assertThat(byLabel.get("tin")).isCloseTo(0.8, offset(1e-9));
        assertThat(vote.model()).contains(new Model("model", "2"));
        assertThat(vote.frameIds()).containsExactly("b", "c");
    }

    @Test
    void ofTwoModelsWithAsManyFramesTheLaterDecidesInWhateverOrderTheyCome() {
        // Given
        var early = by("1", "a", 0, Map.of("glass", 0.9, "metal", 0.1));
        var late = by("2", "b", 10, Map.of("glass", 0.3, "metal", 0.7));

        // When
        var votes = List.of(new ItemVote("item", List.of(early, late)), new ItemVote("item", List.of(late, early)));

        // Then
        assertThat(votes).allSatisfy(vote -> {
            assertThat(vote.model()).contains(new Model("model", "2"));
            assertThat(vote.byLabel()).isEqualTo(late.probabilities());
        });
    }

    @Test
    void itemIsAsFamiliarAsItsFramesOnAverage() {
        // Given
        var vote = new ItemVote("item", List.of(familiar("a", 0.0), familiar("b", 0.3), unread("c", 1, "corrupt")));

        // When
        var familiarity = vote.familiarity();

        // Then
        assertThat(familiarity).isEqualTo(0.15);
    }

    @Test
    void itemHasNoFamiliarityWhereTheModelDoesNotTell() {
        // Given
        var vote = new ItemVote("item", List.of(seen("a", 0, Map.of("glass", 1.0))));

        // When
        var familiarity = vote.familiarity();

        // Then
        assertThat(familiarity).isNull();
    }

    private static Ballot familiar(String frameId, double familiarity) {
        return new Ballot(
                frameId, "camera-1", CAPTURED, null, null, Map.of("glass", 1.0), familiarity, null, null, MICROS);
    }

    private static Ballot by(String version, String frameId, int millis, Map<String, Double> probabilities) {
        var model = new Model("model", version);
        var captured = CAPTURED.plusMillis(millis);
        return new Ballot(frameId, "camera-1", captured, null, null, probabilities, null, model, null, MICROS);
    }

    private static Ballot seen(String frameId, int millis, Map<String, Double> probabilities) {
        return of(frameId, "camera-1", millis, probabilities);
    }

    private static Ballot of(String frameId, String cameraId, int millis, Map<String, Double> probabilities) {
        return new Ballot(
                frameId, cameraId, CAPTURED.plusMillis(millis), null, null, probabilities, null, null, null, MICROS);
    }

    private static Ballot unread(String frameId, int millis, @Nullable String problem) {
        return new Ballot(
                frameId, "camera-1", CAPTURED.plusMillis(millis), null, null, Map.of(), null, null, problem, MICROS);
    }

    private static Ballot taking(String frameId, StageMicros micros) {
        return new Ballot(frameId, "camera-1", CAPTURED, null, null, Map.of("glass", 1.0), null, null, null, micros);
    }

    private static Map<String, Double> ordered(
            String one, double first, String other, double second, String last, double third) {
        Map<String, Double> probabilities = new LinkedHashMap<>();
        probabilities.put(one, first);
        probabilities.put(other, second);
        probabilities.put(last, third);
        return probabilities;
    }
}
