// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.camera.HandClock;
import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.time.CaptureTime;
import dev.sortline.camera.trigger.Admission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaitingPicturesTest {
    private static final long FRESH = WaitingPictures.FRESH.toNanos();

    private final WaitingPictures waiting = new WaitingPictures();

    @Test
    void newestOfThoseThatAreNoItemsWaits() {
        // Given
        waiting.put(picture(null, 1), 0);

        // When
        List<ChosenPicture> dropped = waiting.put(picture(null, 1), 1);

        // Then
        assertThat(dropped).hasSize(1);
        assertThat(left()).hasSize(1);
    }

    @Test
    void picturesOfItemsWaitInTheirOrder() {
        // Given
        waiting.put(picture("a", 1), 0);
        waiting.put(picture("b", 1), 1);

        // When
        List<ChosenPicture> dropped = waiting.put(picture("c", 1), 2);

        // Then
        assertThat(dropped).isEmpty();
        assertThat(left()).containsExactly("a", "b", "c");
    }

    @Test
    void tooManyCostTheOldestItem() {
        // Given
        for (int item = 0; item < WaitingPictures.MOST_OF_ITEMS; item++) {
            waiting.put(picture("item-" + item, 1), item);
        }

        // When
        List<ChosenPicture> dropped = waiting.put(picture("newest", 1), 100);

        // Then
        assertThat(items(dropped)).containsExactly("item-0");
        assertThat(left()).hasSize(WaitingPictures.MOST_OF_ITEMS).endsWith("newest");
    }

    @Test
    void tooManyCostNoItemWhereOneHasAnotherPicture() {
        // Given
        for (int item = 0; item < WaitingPictures.MOST_OF_ITEMS; item++) {
            waiting.put(picture("item-" + item / 3, 1), item);
        }
        waiting.put(picture("item-3", 1), 20);
        waiting.put(picture("item-4", 1), 21);
        waiting.put(picture("item-5", 1), 22);
        waiting.put(picture("item-6", 1), 23);

        // When
        List<ChosenPicture> dropped = waiting.put(picture("item-7", 1), 24);

        // Then
        assertThat(items(dropped)).containsExactly("item-2");
        assertThat(left())
                .containsExactly("item-0", "item-1", "item-2", "item-3", "item-4", "item-5", "item-6", "item-7");
    }

    @Test
    void togetherTheyAreNoLargerThanTheLargestPicture() {
        // Given
        waiting.put(picture("a", Picture.MAX_BYTES / 2), 0);
        waiting.put(picture("b", Picture.MAX_BYTES / 2), 1);

        // When
        List<ChosenPicture> dropped = waiting.put(picture("c", Picture.MAX_BYTES), 2);

        // Then
        assertThat(items(dropped)).containsExactly("a", "b");
        assertThat(left()).containsExactly("c");
    }

    @Test
    void whatHasWaitedForTooLongGoes() {
        // Given
        waiting.put(picture("a", 1), 0);
        waiting.put(picture("b", 1), 2);

        // When
        List<ChosenPicture> dropped = waiting.dropStale(FRESH + 1);

        // Then
        assertThat(items(dropped)).containsExactly("a");
        assertThat(left()).containsExactly("b");
    }

    @Test
    void onlyWhatIsNoItemsIsOvertaken() {
        // Given
        waiting.put(picture(null, 1), 0);
        WaitingPictures.Waiting none = waiting.take();
        waiting.put(picture("a", 1), 1);
        WaitingPictures.Waiting item = waiting.take();

        // When
        waiting.put(picture(null, 1), 2);

        // Then
        assertThat(waiting.isOvertaken(none)).isTrue();
        assertThat(waiting.isOvertaken(item)).isFalse();
    }

    private List<@Nullable String> left() {
        List<@Nullable String> items = new ArrayList<>();
        for (var next = waiting.take(); next != null; next = waiting.take()) {
            items.add(next.chosen().of().itemId());
        }
        return items;
    }

    private static List<@Nullable String> items(List<ChosenPicture> pictures) {
        return pictures.stream().map(each -> each.of().itemId()).toList();
    }

    private static ChosenPicture picture(@Nullable String item, int bytes) {
        return new ChosenPicture(
                new Picture(new byte[bytes], Picture.JPEG, CaptureTime.ofArrival(HandClock.START, Duration.ZERO)),
                new Admission.Taken(item, null));
    }
}
