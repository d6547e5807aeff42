// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.console.Events;
import dev.sortline.console.book.ReviewBook.Word;
import dev.sortline.console.book.ReviewedItem.Place;
import dev.sortline.contract.ItemLabel;
import dev.sortline.contract.ItemLabel.Said;
import dev.sortline.contract.ReviewRequest;
import dev.sortline.contract.ReviewRequest.Cause;
import dev.sortline.sorting.SortingPlan;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReviewBookTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Map<String, SortingPlan> PLANS = Map.of("line-1", Events.PLAN);

    private final ReviewBook book = new ReviewBook();

    @Test
    void oldestOpenItemComesFirst() {
        // Given
        book.ask(unsure("b", 2));
        book.ask(unsure("c", 3));
        book.ask(unsure("a", 1));

        // When
        var open = book.open(2);

        // Then
        assertThat(open).extracting(ReviewedItem::item).containsExactly("a", "b");
        assertThat(book.openCount()).isEqualTo(3);
    }

    @Test
    void itemOfWhichSomethingIsSaidIsOpenNoLonger() {
        // Given
        book.ask(unsure("a", 1));

        // When
        book.hear(label("a", "can", 0));

        // Then
        assertThat(book.openCount()).isZero();
        assertThat(book.saidCount()).isEqualTo(1);
    }

    @Test
    void wordThatIsTakenBackOpensTheItemAgain() {
        // Given
        book.ask(unsure("a", 1));
        book.hear(label("a", "can", 0));

        // When
        book.hear(takenBack("a", 1));

        // Then
        assertThat(book.open(1)).extracting(ReviewedItem::item).containsExactly("a");
        assertThat(book.saidCount()).isZero();
    }

    @Test
    void wordMayComeBeforeItsItem() {
        // Given
        book.hear(label("a", "can", 0));

        // When
        book.ask(unsure("a", 1));

        // Then
        assertThat(book.saidCount()).isEqualTo(1);
        assertThat(book.openCount()).isZero();
    }

    @Test
    void laterOfTwoWordsCountsInWhicheverOrderTheyAreHeard() {
        // Given
        book.ask(sample("a", 1));
        book.hear(label("a", "can", 6));

        // When
        book.hear(label("a", "green-glass", 5));

        // Then
        assertThat(book.purity(PLANS).right()).isZero();
    }

    @Test
    void itemThatIsAskedForAgainIsOneAndItsPictureLiesWhereItWasLast() {
        // Given
        book.ask(unsure("a", 1));

        // When
        book.ask(ReviewedItem.of(request(Cause.UNSURE, "a", 9), new Place(0, 77)));

        // Then
        assertThat(book.openCount()).isEqualTo(1);
        assertThat(book.open(1).get(0).picture()).isEqualTo(new Place(0, 77));
        assertThat(book.open(1).get(0).decidedAt()).isEqualTo(NOON.plusSeconds(1));
    }

    /** Three of four are right; by Newcombe's formula (method 3) that is 0.3006 to 0.9544. */
    @Test
    void purityIsOfTheSampledItemsByTheirFraction() {
        // Given
        for (String item : new String[] {"a", "b", "c", "d", "e"}) {
            book.ask(sample(item, 1));
        }
        book.ask(unsure("f", 1));
        book.hear(label("a", "green-glass", 0));
        book.hear(label("b", "white-glass", 0));
        book.hear(label("c", "green-glass", 0));
        book.hear(label("d", "can", 0));
        book.hear(label("f", "can", 0));

        // When
        SampledPurity purity = book.purity(PLANS);

        // Then
        assertThat(purity.items()).isEqualTo(4);
        assertThat(purity.right()).isEqualTo(3);
        assertThat(purity.value()).isEqualTo(0.75);
        assertThat(purity.low()).isCloseTo(0.3006, within(5e-5));
        assertThat(purity.high()).isCloseTo(0.9544, within(5e-5));
    }

    @Test
    void pictureOfSeveralItemsOrOfNothingWasNotRight() {
        // Given
        book.ask(sample("a", 1));
        book.ask(sample("b", 1));
        book.hear(said("a", Said.SEVERAL_ITEMS, null, 0));
        book.hear(said("b", Said.NOTHING, null, 0));

        // When
        SampledPurity purity = book.purity(PLANS);

        // Then
        assertThat(purity.items()).isEqualTo(2);
        assertThat(purity.right()).isZero();
    }

    @Test
    void withoutASampleNobodyKnowsThePurity() {
        // Given
        book.ask(sample("a", 1));

        // When
        SampledPurity purity = book.purity(PLANS);

        // Then
        assertThat(purity).isNull();
    }

    @Test
    void checkedAnswersAreCountedOnceByTheLastWordOnEach() {
        // Given
        book.ask(sample("a", 1));
        book.ask(sample("b", 1));
        book.ask(sample("c", 1));
        book.ask(unsure("d", 1));
        book.hear(label("a", "can", 0));
        book.hear(label("b", "white-glass", 0));
        book.hear(label("c", "green-glass", 0));
        book.hear(label("d", "can", 0));

        // When
        book.hear(label("a", "green-glass", 1));
        book.hear(takenBack("c", 1));
        book.ask(sample("b", 1));

        // Then
        assertThat(book.checked(NOON, PLANS))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        new CheckedAnswer("line-1", Cause.SAMPLE, "green-glass", "G", true), 2L,
                        new CheckedAnswer("line-1", Cause.UNSURE, "green-glass", "G", false), 1L));
    }

    @Test
    void answersThatWereGivenBeforeAreNotCountedAndNeitherAreThoseOfOtherLines() {
        // Given
        book.ask(sample("before", 1));
        book.ask(sample("at-it", 2));
        book.hear(label("before", "can", 0));
        book.hear(label("at-it", "can", 0));

        // When
        var counted = book.checked(NOON.plusSeconds(2), PLANS);

        // Then
        assertThat(counted).containsValues(1L).hasSize(1);
        assertThat(book.checked(NOON, Map.of("line-2", Events.PLAN))).isEmpty();
    }

    @Test
    void ofTooManyItemsTheOldestOpenOneFallsOut() {
        // Given
        book.ask(unsure("said", 0));
        book.hear(label("said", "can", 0));
        for (int i = 1; i < ReviewBook.MOST_ITEMS; i++) {
            book.ask(unsure("item-" + i, i));
        }

        // When
        book.ask(unsure("new", 100_000));

        // Then
        assertThat(book.fallenOut()).isEqualTo(1);
        assertThat(book.find("line-1", "item-1")).isEmpty();
        assertThat(book.find("line-1", "said")).isPresent();
        assertThat(book.openCount()).isEqualTo(ReviewBook.MOST_ITEMS - 1);
    }

    @Test
    void ofTooManyWordsTheOldestIsForgotten() {
        // Given
        book.ask(unsure("item-0", 0));

        // When
        for (int i = 0; i <= ReviewBook.MOST_WORDS; i++) {
            book.hear(label("item-" + i, "can", i));
        }

        // Then
        assertThat(book.openCount()).isEqualTo(1);
        assertThat(book.saidCount()).isZero();
    }

    private static ReviewedItem unsure(String item, long second) {
        return ReviewedItem.of(request(Cause.UNSURE, item, second), new Place(0, second));
    }

    private static ReviewedItem sample(String item, long second) {
        return ReviewedItem.of(request(Cause.SAMPLE, item, second), new Place(0, second));
    }

    private static ReviewRequest request(Cause cause, String item, long second) {
        return new ReviewRequest(
                Events.glass("line-1", item, NOON.plusSeconds(second)), cause, "image/jpeg", new byte[] {1});
    }

    private static Word label(String item, String label, long offset) {
        return said(item, Said.LABEL, label, offset);
    }

    private static Word said(String item, Said said, String label, long offset) {
        Instant at = NOON.plusSeconds(offset);
        return new Word(
                ItemLabel.key("line-1", item), new ItemLabel("line-1", item, said, label, "operator", at), offset, at);
    }

    private static Word takenBack(String item, long offset) {
        return new Word(ItemLabel.key("line-1", item), null, offset, NOON.plusSeconds(offset));
    }
}
