// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.process.CommandFailure;

/** What a refusal must be, whatever a file holds. */
final class Refusals {
    private static final int MOST_CHARACTERS = 500;

    private Refusals() {}

    static void assertOneShortLine(CommandFailure refusal) {
        assertThat(refusal.exitCode()).isEqualTo(2);
        assertThat(refusal.getMessage())
                .isNotBlank()
                .hasSizeLessThanOrEqualTo(MOST_CHARACTERS)
                .doesNotContainPattern("[\\p{Cntrl}\\u0085\\u2028\\u2029]");
    }
}
