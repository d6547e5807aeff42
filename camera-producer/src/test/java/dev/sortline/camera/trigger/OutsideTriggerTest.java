// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.camera.trigger.CallOutcome.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutsideTriggerTest {
    private static final Instant NOW = SimulatedBelt.START;

    private final OutsideTrigger trigger = new OutsideTrigger("camera-1", Duration.ofMillis(500), 1, 4);

    @Test
    void nextPictureBecomesAFrameOfTheItem() {
        // Given
        CompletableFuture<CallOutcome> outcome = trigger.call(new OutsideCall("a", 5_120L, null), NOW);

        // When
        Admission before = picture(trigger, -1);
        Admission first = picture(trigger, 0);
        Admission second = picture(trigger, 33);

        // Then
        assertThat(List.of(before, first, second))
                .containsExactly(Admission.NOT_ASKED, new Admission.Taken("a", 5_120L), Admission.NOT_ASKED);
        assertThat(outcome).isCompletedWithValue(new CallOutcome(Fate.TAKEN, "a", NOW, "a picture of a was taken"));
    }

    @Test
    void answerWaitsForThePicture() {
        // When
        CompletableFuture<CallOutcome> outcome = trigger.call(new OutsideCall("a", null, null), NOW);

        // Then
        assertThat(outcome).isNotDone();
        assertThat(trigger.waiting()).isEqualTo(1);
    }

    @Test
    void callersOwnTimeCountsWhereItTellsOne() {
        // Given
        var unused = trigger.call(new OutsideCall("a", null, NOW.minusMillis(100)), NOW);
        var unusedToo = trigger.call(new OutsideCall("b", null, NOW.plusMillis(100)), NOW);

        // When
        Admission early = picture(trigger, -50);
        Admission between = picture(trigger, 50);
        Admission late = picture(trigger, 110);

        // Then
        assertThat(List.of(early, between, late)).containsExactly(taken("a"), Admission.NOT_ASKED, taken("b"));
    }

    @Test
    void callWithoutAPictureIsToldSo() {
        // Given
        CompletableFuture<CallOutcome> outcome = trigger.call(new OutsideCall("a", null, null), NOW);

        // When
        trigger.expire(NOW.plusMillis(501));

        // Then
        assertThat(outcome)
                .isCompletedWithValue(new CallOutcome(Fate.NO_FRAME, "a", null, "no picture came within 500 ms"));
        assertThat(picture(trigger, 510)).isEqualTo(Admission.NOT_ASKED);
    }

    @Test
    void pictureOfLaterIsNotTheItems() {
        // Given
        CompletableFuture<CallOutcome> outcome = trigger.call(new OutsideCall("a", null, null), NOW);

        // When
        Admission late = picture(trigger, 501);

        // Then
        assertThat(late).isEqualTo(Admission.NOT_ASKED);
        assertThat(outcome).isCompletedWithValueMatching(told -> told.fate() == Fate.NO_FRAME);
    }

    @Test
    void callsThatComeWhileOthersWaitQueueUp() {
        // Given
        var first = trigger.call(new OutsideCall("a", 1L, null), NOW);
        var second = trigger.call(new OutsideCall("b", 2L, null), NOW.plusMillis(5));

        // When
        Admission one = picture(trigger, 20);
        Admission two = picture(trigger, 53);

        // Then
        assertThat(List.of(one, two)).containsExactly(new Admission.Taken("a", 1L), new Admission.Taken("b", 2L));
        assertThat(first.join().capturedAt()).isEqualTo(NOW.plusMillis(20));
        assertThat(second.join().capturedAt()).isEqualTo(NOW.plusMillis(53));
    }

    @Test
    void noMoreWaitThanMay() {
        // Given
        var waiting = IntStream.range(0, 4)
                .mapToObj(item -> trigger.call(new OutsideCall("item-" + item, null, null), NOW))
                .toList();

        // When
        CompletableFuture<CallOutcome> outcome = trigger.call(new OutsideCall("one-more", null, null), NOW);

        // Then
        assertThat(outcome).isCompletedWithValueMatching(told -> told.fate() == Fate.FULL);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void itemThatIsCalledAgainIsTakenOnceAndBothAreTold() {
        // Given
        var first = trigger.call(new OutsideCall("a", null, null), NOW);
        var again = trigger.call(new OutsideCall("a", null, null), NOW.plusMillis(5));

        // When
        Admission one = picture(trigger, 20);
        Admission two = picture(trigger, 53);
        var afterwards = trigger.call(new OutsideCall("a", null, null), NOW.plusMillis(60));

        // Then
        assertThat(List.of(one, two)).containsExactly(taken("a"), Admission.NOT_ASKED);
        assertThat(first.join().fate()).isEqualTo(Fate.TAKEN);
        assertThat(List.of(again.join(), afterwards.join()))
                .allMatch(told -> told.fate() == Fate.REPEATED && told.isTaken())
                .allMatch(told -> NOW.plusMillis(20).equals(told.capturedAt()));
    }

    @Test
    void itemWithoutAPictureMayBeCalledAgain() {
        // Given
        var first = trigger.call(new OutsideCall("a", null, null), NOW);
        trigger.expire(NOW.plusSeconds(1));

        // When
        var again = trigger.call(new OutsideCall("a", null, null), NOW.plusSeconds(1));
        picture(trigger, 1_010);

        // Then
        assertThat(first.join().fate()).isEqualTo(Fate.NO_FRAME);
        assertThat(again.join().fate()).isEqualTo(Fate.TAKEN);
    }

    @Test
    void callGetsItsPicturesUntilTheNextItemsMoment() {
        // Given
        var several = new OutsideTrigger("camera-1", Duration.ofMillis(500), 3, 4);
        var unused = several.call(new OutsideCall("a", null, NOW), NOW);
        var unusedToo = several.call(new OutsideCall("b", null, NOW.plusMillis(50)), NOW);

        // When
        List<Admission> admissions = IntStream.of(10, 43, 76, 109, 142, 175)
                .mapToObj(millis -> picture(several, millis))
                .toList();

        // Then
        assertThat(admissions)
                .containsExactly(taken("a"), taken("a"), taken("b"), taken("b"), taken("b"), Admission.NOT_ASKED);
    }

    @Test
    void itemThatNobodyNamesIsNamedHere() {
        // Given
        var outcome = trigger.call(new OutsideCall(null, 7L, null), NOW);

        // When
        Admission admission = picture(trigger, 5);

        // Then
        String itemId = "camera-1-" + NOW.toEpochMilli() + "-1";
        assertThat(admission).isEqualTo(new Admission.Taken(itemId, 7L));
        assertThat(outcome.join().itemId()).isEqualTo(itemId);
    }

    @Test
    void momentThatCannotBeIsRefused() {
        // When
        var ahead = trigger.call(new OutsideCall("a", null, NOW.plusSeconds(11)), NOW);
        var behind = trigger.call(new OutsideCall("b", null, NOW.minusMillis(501)), NOW);

        // Then
        assertThat(ahead.join().fate()).isEqualTo(Fate.REFUSED);
        assertThat(ahead.join().line()).contains("more than 10 s ahead", "set the clocks");
        assertThat(behind.join().line()).contains("is 501 ms ago, and pictures are waited for 500 ms");
    }

    @Test
    void whoWaitsWhenTheCameraStopsIsTold() {
        // Given
        var outcome = trigger.call(new OutsideCall("a", null, null), NOW);

        // When
        trigger.close();

        // Then
        assertThat(outcome.join().line()).isEqualTo("the camera was stopped");
    }

    private static Admission taken(String itemId) {
        return new Admission.Taken(itemId, null);
    }

    private static Admission picture(OutsideTrigger trigger, int millis) {
        return trigger.admit(SimulatedBelt.picture(NOW.plusMillis(millis)), Optional::empty);
    }
}
