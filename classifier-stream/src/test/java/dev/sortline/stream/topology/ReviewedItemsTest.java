// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.Decision;
import dev.sortline.contract.ReviewRequest;
import dev.sortline.contract.ReviewRequest.Cause;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.Lines;
import dev.sortline.sorting.PlanInForce;
import dev.sortline.stream.item.FrameFate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which items a person is asked to look at, and with which picture. */
class ReviewedItemsTest {
    private static final Line SINGLE = Lines.line("line-1");
    private static final Line VOTING = new Line("line-1", Lines.BELT, new PlanInForce(Lines.EDITION), 3);

    private HeardBeside heard = new HeardBeside();
    private @Nullable DrivenLine line;

    @AfterEach
    void stop() {
        if (line != null) {
            line.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"unsure, UNCERTAIN", "either, AMBIGUOUS"})
    void itemThatIsNotSureEnoughIsReviewedWithItsPictureAndItsEvent(String image, Decision decision) {
        // Given
        line = DrivenLine.of(SINGLE, heard);

        // When
        line.capture(0, "item-7", image);

        // Then
        var events = line.events();
        assertThat(heard.reviews.messages()).extracting(ReviewRequest::event).isEqualTo(events);
        assertThat(events).extracting(RoutingEvent::decision).containsExactly(decision);
        assertThat(heard.reviews.messages()).extracting(ReviewRequest::cause).containsExactly(Cause.UNSURE);
        assertThat(heard.reviews.messages())
                .extracting(ReviewRequest::contentType)
                .containsExactly("image/jpeg");
        assertThat(heard.pictures()).containsExactly(image);
        assertThat(heard.reviews("requested")).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"certain", "empty", "corrupt"})
    void itemThatIsSureOrNoneOrCannotBeReadIsNotReviewedUnlessItIsDrawn(String image) {
        // Given
        line = DrivenLine.of(SINGLE, heard);

        // When
        line.capture(0, "item-7", image);

        // Then
        assertThat(heard.reviews.messages()).isEmpty();
    }

    @Test
    void sureItemThatIsDrawnIsASample() {
        // Given
        heard = HeardBeside.drawing(1);
        line = DrivenLine.of(SINGLE, heard);

        // When
        line.capture(0, "item-7", "certain").capture(10, "item-8", "glass");

        // Then
        assertThat(heard.reviews.messages())
                .extracting(ReviewRequest::cause)
                .containsExactly(Cause.SAMPLE, Cause.SAMPLE);
        assertThat(heard.pictures()).containsExactly("certain", "glass");
    }

    @Test
    void lineThatIsUnsureOfEverythingAsksOnceASecond() {
        // Given
        line = DrivenLine.of(SINGLE, heard);

        // When
        line.capture(0, "item-1", "unsure").capture(999, "item-2", "unsure").capture(1_000, "item-3", "unsure");

        // Then
        assertThat(line.events()).hasSize(3);
        assertThat(heard.reviewedItems()).containsExactly("item-1", "item-3");
        assertThat(heard.reviews("left-out")).isOne();
    }

    @Test
    void furtherFramesOfADecidedItemAskForNothing() {
        // Given
        heard = HeardBeside.drawing(1);
        line = DrivenLine.of(SINGLE, heard);

        // When
        line.capture(0, "item-7", "glass").capture(5, "item-7", "glass").capture(10, "item-7", "unsure");

        // Then
        assertThat(heard.reviewedItems()).containsExactly("item-7");
    }

    @Test
    void topicThatIsAwayChangesNothingForTheLine() {
        // Given
        heard.reviews.goAway();
        line = DrivenLine.of(SINGLE, heard);

        // When
        line.capture(0, "item-7", "unsure");

        // Then
        assertThat(line.events()).hasSize(1);
        assertThat(line.fates()).isEqualTo(Map.of(FrameFate.ROUTED, 1L));
        assertThat(heard.reviews("failed")).isOne();
    }

    @Test
    void itemOfSeveralFramesIsReviewedByTheLastPictureThatVoted() {
        // Given
        line = DrivenLine.of(VOTING, heard);
        line.capture(0, "item-7", "unsure").capture(10, "item-7", "unsure").capture(20, "item-8", "certain");
        assertThat(heard.reviews.messages()).isEmpty();

        // When
        line.capture(30, "item-7", "either");

        // Then
        assertThat(line.events()).hasSize(2);
        assertThat(heard.reviewedItems()).containsExactly("item-7");
        assertThat(heard.pictures()).containsExactly("either");
    }

    @Test
    void pictureThatCannotBeReadIsNotTheOneToLookAt() {
        // Given
        line = DrivenLine.of(VOTING, heard);
        line.capture(0, "item-7", "unsure").capture(10, "item-7", "unsure");

        // When
        line.capture(20, "item-7", "corrupt");

        // Then
        assertThat(heard.pictures()).containsExactly("unsure");
    }

    @Test
    void itemWhosePicturesACrashTookHasNoReview() {
        // Given
        var before = DrivenLine.of(VOTING, heard);
        before.capture(0, "item-7", "unsure").capture(10, "item-7", "unsure");
        line = before.afterACrash(VOTING);
        before.close();

        // When
        line.waitUntil(1_960);

        // Then
        assertThat(line.events()).extracting(RoutingEvent::decision).containsExactly(Decision.UNCERTAIN);
        assertThat(heard.reviews.messages()).isEmpty();
        assertThat(heard.reviews("no-picture")).isOne();
    }

    @Test
    void storeOfVotesHoldsNoPicture() {
        // Given
        line = DrivenLine.of(VOTING, heard);

        // When
        line.capture(0, "item-7", "glass " + "x".repeat(50));

        // Then
        assertThat(line.kept().toString())
                .contains("item-7")
                .doesNotContain("xxxx")
                .doesNotContain("120, 120, 120");
    }

    @Test
    void eachClassifiedFrameIsShownToTheShadowAndNoOther() {
        // Given
        line = DrivenLine.of(SINGLE, heard);

        // When
        line.capture(0, "item-7", "glass").capture(10, "item-8", "empty").capture(20, "item-9", "corrupt");

        // Then
        assertThat(heard.seen)
                .extracting(frame -> String.valueOf(frame.itemId()))
                .containsExactly("item-7", "item-8");
        assertThat(heard.answers.messages()).isEmpty();
    }

    @Test
    void shadowThatFailsChangesNothingForTheLine() {
        // Given
        heard.shadow = frame -> {
            throw new IllegalStateException("nobody foresaw this");
        };
        line = DrivenLine.of(SINGLE, heard);

        // When
        line.capture(0, "item-7", "glass");

        // Then
        assertThat(line.events()).hasSize(1);
        assertThat(line.fates()).isEqualTo(Map.of(FrameFate.ROUTED, 1L));
        assertThat(line.refusals()).isEmpty();
    }
}
