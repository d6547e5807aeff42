// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.review;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatestPicturesTest {
    private final LatestPictures pictures = new LatestPictures(100);

    @Test
    void latestPictureOfAnItemIsHandedOutOnce() {
        // Given
        pictures.keep("line-1", "item-1", picture(10));
        var latest = picture(20);
        pictures.keep("line-1", "item-1", latest);

        // When
        var taken = pictures.take("line-1", "item-1");

        // Then
        assertThat(taken).isSameAs(latest);
        assertThat(pictures.take("line-1", "item-1")).isNull();
    }

    @Test
    void oldestGoWhenTheyAreTooManyBytes() {
        // Given
        pictures.keep("line-1", "item-1", picture(40));
        pictures.keep("line-1", "item-2", picture(40));
        pictures.keep("line-1", "item-1", picture(50));

        // When
        pictures.keep("line-1", "item-3", picture(40));

        // Then
        assertThat(pictures.take("line-1", "item-2")).isNull();
        assertThat(pictures.take("line-1", "item-1")).isNotNull();
        assertThat(pictures.take("line-1", "item-3")).isNotNull();
    }

    @Test
    void pictureThatIsLargerThanAllTheRoomIsNotKept() {
        // When
        pictures.keep("line-1", "item-1", picture(101));

        // Then
        assertThat(pictures.take("line-1", "item-1")).isNull();
    }

    @Test
    void roomOfPicturesThatWereHandedOutIsFreeAgain() {
        // Given
        for (int item = 0; item < 1_000; item++) {
            pictures.keep("line-1", "item-" + item, picture(100));
            assertThat(pictures.take("line-1", "item-" + item)).isNotNull();
        }

        // When
        pictures.keep("line-1", "last", picture(100));

        // Then
        assertThat(pictures.take("line-1", "last")).isNotNull();
    }

    private static Picture picture(int bytes) {
        return new Picture("image/jpeg", new byte[bytes]);
    }
}
