// SPDX-License-Identifier: Apache-2.0
package dev.sortline.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.data.Offset.offset;

import dev.sortline.contract.Decision;
import dev.sortline.sorting.Judgement.Routing;
import dev.sortline.sorting.SortingPlan.Fraction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortingPlanTest {
    private static final Map<String, Fraction> FRACTIONS = fractions();

    private final SortingPlan plan = new SortingPlan(FRACTIONS, "residue", null);

    @Test
    void sureAnswerGoesToItsLane() {
        // Given
        var probabilities = Map.of("metal", 0.9, "trash", 0.1);

        // When
        var judgement = plan.judge(probabilities, null, "residue");

        // Then
        assertThat(judgement)
                .isEqualTo(new Judgement("metal", "metal", 0.9, 0.8, new Routing(Decision.SORT, "left", null)));
    }

    @Test
    void labelsOfAFractionAddUp() {
        // Given
        var probabilities = Map.of("green-glass", 0.3, "white-glass", 0.28, "metal", 0.32, "trash", 0.1);

        // When
        var judgement = plan.judge(probabilities, null, "residue");

        // Then
        assertThat(judgement.fraction()).isEqualTo("glass");
        assertThat(judgement.label()).isEqualTo("green-glass");
        assertThat(judgement.confidence()).isCloseTo(0.58, offset(1e-9));
        assertThat(judgement.gap()).isCloseTo(0.58 - 0.32, offset(1e-9));
        assertThat(judgement.routing()).isEqualTo(new Routing(Decision.SORT, "right", null));
    }

    @Test
    void labelsOfTheSameFractionAreNoRivals() {
        // Given
        var probabilities = Map.of("green-glass", 0.5, "white-glass", 0.49, "metal", 0.01);

        // When
        var judgement = plan.judge(probabilities, null, "residue");

        // Then
        assertThat(judgement.routing().decision()).isEqualTo(Decision.SORT);
    }

    @Test
    void unsureAnswerRunsOn() {
        // Given
        var probabilities = Map.of("metal", 0.49, "green-glass", 0.2, "trash", 0.31);

        // When
        var judgement = plan.judge(probabilities, null, "end");

        // Then
        assertThat(judgement.routing())
                .isEqualTo(new Routing(Decision.UNCERTAIN, "end", "confidence 0.490 is below the plan's 0.500"));
    }

    @Test
    void answerThatIsTooCloseToTheNextFractionRunsOn() {
        // Given
        var probabilities = Map.of("metal", 0.54, "green-glass", 0.46);

        // When
        var judgement = plan.judge(probabilities, null, "end");

        // Then
        assertThat(judgement.routing())
                .isEqualTo(new Routing(
                        Decision.AMBIGUOUS, "end", "gap to the next fraction 0.080 is below the plan's 0.100"));
    }

    @Test
    void labelThatNoFractionNamesGoesWhereTheFallbackSays() {
        // Given
        var probabilities = Map.of("metal", 0.1, "unheard-of", 0.5, "trash", 0.4);

        // When
        var judgement = plan.judge(probabilities, null, "end");

        // Then
        assertThat(judgement.fraction()).isEqualTo("residue");
        assertThat(judgement.label()).isEqualTo("unheard-of");
        assertThat(judgement.confidence()).isEqualTo(0.9);
        assertThat(judgement.routing()).isEqualTo(new Routing(Decision.SORT, "residue", null));
    }

    @Test
    void emptyBeltIsFoldedIntoNoFractionAndIsARivalOfItsOwn() {
        // Given
        var probabilities = Map.of("metal", 0.52, "empty", 0.45, "trash", 0.03);

        // When
        var judgement = plan.judge(probabilities, null, "end");

        // Then
        assertThat(judgement.fraction()).isEqualTo("metal");
        assertThat(judgement.gap()).isCloseTo(0.07, offset(1e-9));
        assertThat(judgement.routing().decision()).isEqualTo(Decision.AMBIGUOUS);
    }

    @Test
    void itemThatIsRatherAnEmptyBeltIsNeverSorted() {
        // Given
        var probabilities = Map.of("trash", 0.4, "empty", 0.6);

        // When
        var judgement = plan.judge(probabilities, null, "end");

        // Then
        assertThat(judgement.routing().decision()).isEqualTo(Decision.AMBIGUOUS);
        assertThat(judgement.gap()).isZero();
    }

    @Test
    void probabilitiesThatAddUpToALittleMoreThanOneAreNoMoreThanOne() {
        // Given
        var probabilities = Map.of("green-glass", 0.50000003, "white-glass", 0.50000001);

        // When
        var judgement = plan.judge(probabilities, null, "end");

        // Then
        assertThat(judgement.confidence()).isEqualTo(1);
    }

    @Test
    void laneThatTheBeltLacksIsRefused() {
        // Given
        var edition = new PlanEdition("typo", "000000000002", plan);

        // When
        var making = catchThrowableOfType(BadDescriptionException.class, () -> new Line("line-1", Lines.BELT, edition));

        // Then
        assertThat(making).hasMessage("the belt of line 'line-1' has no lane 'right': it has [glass, metal, residue]");
        assertThat(making.path()).containsExactly("fractions", "glass", "lane");
    }

    @Test
    void labelThatTheModelLacksIsRefused() {
        // Given
        var known = List.of("metal", "green-glass", "trash");

        // When
        var checking =
                catchThrowableOfType(BadDescriptionException.class, () -> plan.checkModel("waste 1.0.0", known, false));

        // Then
        assertThat(checking)
                .hasMessage("model waste 1.0.0 has no label 'white-glass': it has [green-glass, metal, trash]");
        assertThat(checking.path()).containsExactly("fractions", "glass", "labels", "1");
    }

    @Test
    void itemUnlikeAnythingTheModelKnowsRunsOnHoweverSureTheAnswer() {
        // Given
        var careful = new SortingPlan(FRACTIONS, "residue", 0.05);

        // When
        var judgement = careful.judge(Map.of("metal", 0.99, "trash", 0.01), 0.049, "end");

        // Then
        assertThat(judgement.fraction()).isEqualTo("metal");
        assertThat(judgement.routing())
                .isEqualTo(new Routing(
                        Decision.UNCERTAIN,
                        "end",
                        "unlike anything it was trained on: familiarity 0.049 is below the plan's 0.050"));
        assertThat(SortingPlan.isUnfamiliar(judgement.routing().reason())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.5, 1})
    void itemThatIsFamiliarEnoughIsSorted(double familiarity) {
        // Given
        var careful = new SortingPlan(FRACTIONS, "residue", 0.05);

        // When
        var judgement = careful.judge(Map.of("metal", 0.99, "trash", 0.01), familiarity, "end");

        // Then
        assertThat(judgement.routing().decision()).isEqualTo(Decision.SORT);
    }

    @Test
    void familiarItemOfWhichTheAnswerIsUnsureIsNotCalledUnfamiliar() {
        // Given
        var careful = new SortingPlan(FRACTIONS, "residue", 0.05);

        // When
        var judgement = careful.judge(Map.of("metal", 0.51, "trash", 0.49), 0.5, "end");

        // Then
        assertThat(judgement.routing().decision()).isEqualTo(Decision.AMBIGUOUS);
        assertThat(SortingPlan.isUnfamiliar(judgement.routing().reason())).isFalse();
    }

    @Test
    void withoutALeastFamiliarityNothingIsTooStrange() {
        // When
        var judgement = plan.judge(Map.of("metal", 0.99, "trash", 0.01), 0.0, "end");

        // Then
        assertThat(judgement.routing().decision()).isEqualTo(Decision.SORT);
    }

    @Test
    void modelThatDoesNotTellFamiliarityIsRefusedByAPlanThatAsksForIt() {
        // Given
        var careful = new SortingPlan(FRACTIONS, "residue", 0.05);
        var known = List.of("metal", "green-glass", "white-glass", "trash");

        // When
        var checking = catchThrowableOfType(
                BadDescriptionException.class, () -> careful.checkModel("waste 1.0.0", known, false));

        // Then
        assertThat(checking)
                .hasMessage(
                        "model waste 1.0.0 does not tell how familiar an item is: leave the key out, or run sortline model familiarize on the model");
        assertThat(checking.path()).containsExactly("leastFamiliarity");
        assertThatCode(() -> careful.checkModel("waste 1.0.0", known, true)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN})
    void leastFamiliarityIsAShare(double least) {
        // When
        var making =
                catchThrowableOfType(BadDescriptionException.class, () -> new SortingPlan(FRACTIONS, "residue", least));

        // Then
        assertThat(making).hasMessage("is %s: must be from 0 to 1".formatted(least));
        assertThat(making.path()).containsExactly("leastFamiliarity");
    }

    @Test
    void labelInTwoFractionsIsRefused() {
        // Given
        var fractions = fractions();
        fractions.put("more", Lines.fraction("right", 0, 0, "metal"));

        // When
        var making =
                catchThrowableOfType(BadDescriptionException.class, () -> new SortingPlan(fractions, "residue", null));

        // Then
        assertThat(making).hasMessage("label 'metal' is in fraction 'metal' already");
        assertThat(making.path()).containsExactly("fractions", "more", "labels", "0");
    }

    @Test
    void fractionWithoutLabelsThatIsNotTheFallbackIsRefused() {
        // Given
        var fractions = fractions();
        fractions.put("paper", Lines.fraction("right", 0, 0));

        // When
        var making = assertThatThrownBy(() -> new SortingPlan(fractions, "residue", null));

        // Then
        making.hasMessage("has no labels: only the fallback, here 'residue', may be without");
    }

    @Test
    void emptyBeltIsNoFractionsLabel() {
        // Given
        var fractions = fractions();
        fractions.put("nothing", Lines.fraction("right", 0, 0, "empty"));

        // When
        var making = assertThatThrownBy(() -> new SortingPlan(fractions, "residue", null));

        // Then
        making.hasMessage("'empty' means a belt without an item: leave it out");
    }

    @Test
    void fallbackThatIsNoFractionIsRefused() {
        // Given
        String fallback = "rest";

        // When
        var making = assertThatThrownBy(() -> new SortingPlan(FRACTIONS, fallback, null));

        // Then
        making.hasMessage("there is no fraction 'rest': there are [glass, metal, residue]");
    }

    @ParameterizedTest
    @ValueSource(doubles = {60, -0.1, Double.NaN})
    void leastConfidenceThatIsNoProbabilityIsRefused(double percent) {
        // Given
        double leastGap = 0.1;

        // When
        var making = assertThatThrownBy(() -> Lines.fraction("glass", percent, leastGap, "glass"));

        // Then
        making.hasMessage("leastConfidence is %s: must be from 0 to 1", percent);
    }

    @Test
    void answerThatIsJustSureEnoughIsSorted() {
        // Given
        var fractions =
                Map.of("metal", Lines.fraction("left", 0.625, 0.25, "metal"), "rest", Lines.fraction("residue", 0, 0));
        var exact = new SortingPlan(fractions, "rest", null);

        // When
        var judgement = exact.judge(Map.of("metal", 0.625, "trash", 0.375), null, "end");

        // Then
        assertThat(judgement.routing()).isEqualTo(new Routing(Decision.SORT, "left", null));
        assertThat(judgement.gap()).isEqualTo(0.25);
    }

    @Test
    void firstOfEquallyProbableFractionsAndLabelsIsTaken() {
        // Given
        Map<String, Double> probabilities = new LinkedHashMap<>();
        probabilities.put("trash", 0.1);
        probabilities.put("white-glass", 0.225);
        probabilities.put("metal", 0.45);
        probabilities.put("green-glass", 0.225);

        // When
        var judgement = plan.judge(probabilities, null, "end");

        // Then
        assertThat(judgement.fraction()).isEqualTo("glass");
        assertThat(judgement.label()).isEqualTo("white-glass");
        assertThat(judgement.gap()).isZero();
    }

    @Test
    void itemIsJudgedWithoutRivals() {
        // Given
        var probabilities = Map.of("metal", 1.0);

        // When
        var judgement = plan.judge(probabilities, null, "end");

        // Then
        assertThat(judgement.confidence()).isEqualTo(1);
        assertThat(judgement.gap()).isEqualTo(1);
    }

    @Test
    void labelGoesToTheLaneOfItsFraction() {
        // When
        String lane = plan.laneOf("white-glass");

        // Then
        assertThat(lane).isEqualTo("right");
        assertThat(plan.laneOf("unheard-of")).isEqualTo("residue");
        assertThat(plan.fractionOf("metal")).isEqualTo("metal");
    }

    @Test
    void fractionThatIsNotInThePlanIsToldByItsId() {
        // Given
        String id = "paper";

        // When
        var asking = assertThatThrownBy(() -> plan.fraction(id));

        // Then
        asking.hasMessage("there is no fraction 'paper'");
    }

    @Test
    void planThatIsFoldedIntoNothingIsRefused() {
        // Given
        Map<String, Fraction> none = Map.of();

        // When
        var making = catchThrowableOfType(BadDescriptionException.class, () -> new SortingPlan(none, "rest", null));

        // Then
        assertThat(making).hasMessage("a plan has at least one fraction");
        assertThat(making.path()).containsExactly("fractions");
    }

    @Test
    void labelThatIsTwiceInOneFractionIsRefusedAtItsSecondPlace() {
        // Given
        var fractions = Map.of(
                "metal",
                Lines.fraction("left", 0, 0, "metal", "tin", "metal"),
                "rest",
                Lines.fraction("residue", 0, 0));

        // When
        var making =
                catchThrowableOfType(BadDescriptionException.class, () -> new SortingPlan(fractions, "rest", null));

        // Then
        assertThat(making).hasMessage("label 'metal' is in fraction 'metal' already");
        assertThat(making.path()).containsExactly("fractions", "metal", "labels", "2");
    }

    @Test
    void fallbackMayNameLabels() {
        // Given
        var fractions = Map.of("rest", Lines.fraction("residue", 0, 0, "trash"));

        // When
        var only = new SortingPlan(fractions, "rest", null);

        // Then
        assertThat(only.fractionOf("trash")).isEqualTo("rest");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1})
    void bordersOfProbabilityAreProbabilities(double least) {
        // When
        var fraction = Lines.fraction("glass", least, least, "glass");

        // Then
        assertThat(fraction.leastConfidence()).isEqualTo(least);
        assertThat(fraction.leastGap()).isEqualTo(least);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.000001, -0.000001, Double.NaN})
    void leastGapThatIsNoProbabilityIsRefused(double least) {
        // Given
        double leastConfidence = 0.5;

        // When
        var making = assertThatThrownBy(() -> Lines.fraction("glass", leastConfidence, least, "glass"));

        // Then
        making.hasMessage("leastGap is %s: must be from 0 to 1", least);
    }

    @Test
    void laneWithoutANameIsRefused() {
        // Given
        String lane = " ";

        // When
        var making = assertThatThrownBy(() -> Lines.fraction(lane, 0, 0, "glass"));

        // Then
        making.hasMessage("lane is blank: must be one of the belt's");
    }

    private static Map<String, Fraction> fractions() {
        Map<String, Fraction> fractions = new LinkedHashMap<>();
        fractions.put("glass", Lines.fraction("right", 0.5, 0.1, "green-glass", "white-glass"));
        fractions.put("metal", Lines.fraction("left", 0.5, 0.1, "metal"));
        fractions.put("residue", Lines.fraction("residue", 0, 0, "trash"));
        return fractions;
    }
}
