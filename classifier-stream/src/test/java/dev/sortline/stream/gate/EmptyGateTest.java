// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.stream.gate.GatedFrame.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmptyGateTest {
    private static final int ENOUGH_EMPTY = LearnedBelt.LEAST_VIEWS + EmptyGate.LEAST_EMPTY + 1;
    private static final int ENOUGH_ITEMS = 5_992;

    private static PaintedBelt belt;
    private static PaintedBelt other;

    private final EmptyGate gate = new EmptyGate(1, false);
    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

    @BeforeAll
    static void paint() {
        belt = new PaintedBelt();
        other = new PaintedBelt(true);
    }

    @Test
    void openGateAnswersEmptyFramesAndNoItem() {
        // Given
        learn();

        // When
        int empty = answered(belt::empty, true, 1_000);
        int items = answered(belt::item, false, 1_000);

        // Then
        assertThat(empty).isGreaterThan(900);
        assertThat(items).isZero();
        assertThat(outcomes).containsOnlyKeys(Outcome.ANSWERED, Outcome.AGREED);
        assertThat(gate.isOpen()).isTrue();
    }

    @Test
    void gateIsShutUntilItHasSeenEnoughItems() {
        // Given
        answered(belt::empty, true, ENOUGH_EMPTY);
        showItems(belt::item, ENOUGH_ITEMS - 1);

        // When
        boolean before = gate.isOpen();
        answered(belt::item, false, 1);

        // Then
        assertThat(before).isFalse();
        assertThat(gate.isOpen()).isTrue();
    }

    @Test
    void gateStaysShutWhereItemsLookLikeTheBelt() {
        // Given
        answered(belt::empty, true, ENOUGH_EMPTY);

        // When
        showItems(belt::empty, 3 * ENOUGH_ITEMS);
        answered(belt::empty, true, ENOUGH_EMPTY);

        // Then
        assertThat(gate.isOpen()).isFalse();
        assertThat(outcomes).isEmpty();
    }

    @Test
    void gateThatMayNotAnswerTellsWhatItWouldHave() {
        // Given
        learn();

        // When
        for (int i = 0; i < 100; i++) {
            show(gate.frame(false), belt.empty(), true, 0.99);
        }

        // Then
        assertThat(outcomes).containsOnlyKeys(Outcome.AGREED);
        assertThat(outcomes.get(Outcome.AGREED)).isGreaterThan(90);
    }

    @Test
    void itemThatItWouldHaveTakenForEmptyShutsItUntilItHasLearnedAnewFromTwiceAsMany() {
        // Given
        learn();

        // When
        int shown = 0;
        while (!outcomes.containsKey(Outcome.DISAGREED)) {
            show(gate.frame(true), belt.empty(), false, 0.6);
            shown++;
        }
        boolean mistaken = gate.isMistaken();
        boolean shut = !gate.isOpen();
        learn();
        boolean early = gate.isOpen();
        showItems(belt::item, ENOUGH_ITEMS);

        // Then
        assertThat(shown).isLessThan(20 * EmptyGate.SAMPLED);
        assertThat(mistaken).isTrue();
        assertThat(shut).isTrue();
        assertThat(early).isFalse();
        assertThat(gate.isOpen()).isTrue();
        assertThat(gate.isMistaken()).isFalse();
    }

    @Test
    void lampsThatFadeSlowlyAreFollowed() {
        // Given
        learn();
        double light = 1;

        // When
        int known = 0;
        for (int step = 0; step < 100; step++) {
            light -= 0.0005;
            List<byte[]> frames = List.of(belt.frame(light, 0), belt.frame(light, 0), belt.frame(light, 0));
            for (int i = 0; i < 40; i++) {
                byte[] frame = frames.get(i % frames.size());
                known += show(gate.frame(true), frame, true, 0.99) ? 1 : 0;
            }
        }
        int items = 0;
        for (int i = 0; i < 20; i++) {
            items += show(gate.frame(true), belt.frame(light, 100), false, 0.99) ? 1 : 0;
        }

        // Then
        assertThat(known).isGreaterThan(3_600);
        assertThat(items).isZero();
        assertThat(gate.isOpen()).isTrue();
    }

    @Test
    void lampThatFailsMakesItAskTheNetworkAndNoItemIsTakenForTheBelt() {
        // Given
        learn();

        // When
        boolean known = show(gate.frame(true), belt.frame(0.6, 0), true, 0.99);
        int items = 0;
        for (int step = 0; step < 40; step++) {
            byte[] frame = belt.frame(0.6, 0);
            for (int i = 0; i < 10; i++) {
                show(gate.frame(true), frame, true, 0.99);
            }
            items += show(gate.frame(true), belt.frame(0.6, 100), false, 0.99) ? 1 : 0;
        }

        // Then
        assertThat(known).isFalse();
        assertThat(items).isZero();
        assertThat(gate.isOpen()).isFalse();
    }

    @Test
    void unsureAnswersTeachItNothing() {
        // When
        for (int i = 0; i < 2 * ENOUGH_EMPTY; i++) {
            show(gate.frame(true), belt.empty(), true, 0.6);
        }
        showItems(belt::item, ENOUGH_ITEMS);
        answered(belt::empty, true, 1);

        // Then
        assertThat(gate.isOpen()).isFalse();
    }

    @Test
    void itemOnABeltThatStandsIsNotTakenForMany() {
        // Given
        answered(belt::empty, true, ENOUGH_EMPTY);
        byte[] item = belt.item();

        // When
        answered(() -> item, false, 3 * ENOUGH_ITEMS);
        answered(belt::empty, true, 1);

        // Then
        assertThat(gate.isOpen()).isFalse();
    }

    @Test
    void beltThatStoodForLongIsKnownWhenItRunsAgain() {
        // Given
        learn();
        byte[] stretch = belt.empty();

        // When
        for (int i = 0; i < 2_000; i++) {
            show(gate.frame(false), stretch, true, 0.99);
        }
        int known = answered(belt::empty, true, 100);

        // Then
        assertThat(known).isGreaterThan(80);
    }

    @Test
    void anotherBeltThanBeforeIsLearnedAnewWithItsItems() {
        // Given
        learn();

        // When
        int items = 0;
        for (int i = 0; i < 1_000; i++) {
            show(gate.frame(false), other.empty(), true, 0.99);
            items += show(gate.frame(true), other.item(), false, 0.99) ? 1 : 0;
        }

        // Then
        assertThat(gate.isOpen()).isFalse();
        assertThat(items).isZero();
        assertThat(gate.isMistaken()).isFalse();
    }

    @Test
    void anotherModelIsLearnedFromAnew() {
        // Given
        learn();

        // When
        gate.learnAnew();

        // Then
        assertThat(gate.isOpen()).isFalse();
        assertThat(gate.isMistaken()).isFalse();
    }

    private void learn() {
        answered(belt::empty, true, ENOUGH_EMPTY);
        showItems(belt::item, ENOUGH_ITEMS);
        outcomes.clear();
    }

    /** Frames that the network calls an item, after each few of them an empty one. */
    private void showItems(Supplier<byte[]> frames, int count) {
        for (int i = 1; i <= count; i++) {
            answered(frames, false, 1);
            if (i % EmptyGate.MOST_OF_A_ROW == 0 || i == count) {
                answered(belt::empty, true, 1);
            }
        }
    }

    private int answered(Supplier<byte[]> frames, boolean empty, int count) {
        int answered = 0;
        for (int i = 0; i < count; i++) {
            answered += show(gate.frame(true), frames.get(), empty, 0.99) ? 1 : 0;
        }
        return answered;
    }

    private boolean show(GatedFrame frame, byte[] image, boolean empty, double confidence) {
        boolean known = frame.test(belt.coarse(image));
        Optional<Outcome> outcome = known ? Optional.of(Outcome.ANSWERED) : frame.networkSays(empty, confidence);
        outcome.ifPresent(each -> outcomes.merge(each, 1, Integer::sum));
        return known;
    }
}
