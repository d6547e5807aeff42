// SPDX-License-Identifier: Apache-2.0
package dev.sortline.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineTest {
    @ParameterizedTest
    @CsvSource({"1, false", "2, true", "16, true"})
    void framesOfAnItemVoteWhereThereAreSeveral(int framesPerItem, boolean votes) {
        // When
        var line = new Line("line-1", Lines.BELT, new PlanInForce(Lines.EDITION), framesPerItem);

        // Then
        assertThat(line.votes()).isEqualTo(votes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 17})
    void numberOfFramesThatIsNoneIsRefused(int framesPerItem) {
        // Given
        var plan = new PlanInForce(Lines.EDITION);

        // When
        var making = assertThatThrownBy(() -> new Line("line-1", Lines.BELT, plan, framesPerItem));

        // Then
        making.hasMessage("framesPerItem is %d: must be from 1 to 16", framesPerItem);
    }

    @Test
    void planThatNamesALaneThatTheBeltLacksDoesNotFit() {
        // Given
        var line = Lines.line("line-1");
        var plan = new SortingPlan(Map.of("all", Lines.fraction("left", 0, 0)), "all", null);

        // When
        var checking = catchThrowableOfType(BadDescriptionException.class, () -> line.checkLanes(plan));

        // Then
        assertThat(checking).hasMessage("the belt of line 'line-1' has no lane 'left': it has [glass, metal, residue]");
        assertThat(checking.path()).containsExactly("fractions", "all", "lane");
    }

    @Test
    void whoFollowsAPlanHearsOfTheEditionInForceAndOfEachLaterOneBeforeItIs() {
        // Given
        var plan = new PlanInForce(Lines.EDITION);
        var next = new PlanEdition("next", "00000000000c", Lines.PLAN);
        List<PlanEdition> heard = new ArrayList<>();
        List<PlanEdition> inForce = new ArrayList<>();
        plan.follow(edition -> {
            heard.add(edition);
            inForce.add(plan.edition());
        });

        // When
        plan.replaceBy(next);

        // Then
        assertThat(heard).containsExactly(Lines.EDITION, next);
        assertThat(inForce).containsExactly(Lines.EDITION, Lines.EDITION);
        assertThat(plan.edition()).isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00000000000", "0000000000000", "00000000000g", "00000000000A"})
    void editionThatIsNotTwelveHexDigitsIsRefused(String edition) {
        // Given
        String name = "plan";

        // When
        var making = assertThatThrownBy(() -> new PlanEdition(name, edition, Lines.PLAN));

        // Then
        making.hasMessage("edition is '%s': must be 12 hex digits", edition);
    }
}
