// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class ImageHeaderFuzzTest {
    private static final ImageBounds BOUNDS = new ImageBounds(3_000, 640, 480, 100_000);

    @FuzzTest
    void isRefusedInOneShortLineOrLiesWithinTheBounds(byte[] image) {
        // When
        ImageHeader header;
        try {
            header = BOUNDS.check(image);
        } catch (UnreadableImageException refusal) {
            // Then
            Refusals.assertOneShortLine(refusal);
            return;
        }

        // Then
        assertThat(image).hasSizeLessThanOrEqualTo(BOUNDS.maxBytes());
        assertThat(header.width()).isBetween(1, BOUNDS.maxWidth());
        assertThat(header.height()).isBetween(1, BOUNDS.maxHeight());
        assertThat(header.width() * header.height()).isLessThanOrEqualTo(BOUNDS.maxPixels());
    }
}
