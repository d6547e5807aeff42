// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.image;

import static org.assertj.core.api.Assertions.assertThat;

/** What a refusal must be, whatever was sent. */
final class Refusals {
    private static final int MOST_CHARACTERS = 500;

    private Refusals() {}

    static void assertOneShortLine(UnreadableImageException refusal) {
        assertThat(refusal.getMessage())
                .isNotBlank()
                .hasSizeLessThanOrEqualTo(MOST_CHARACTERS)
                .doesNotContainPattern("[\\p{Cntrl}\\u0085\\u2028\\u2029]");
    }
}
