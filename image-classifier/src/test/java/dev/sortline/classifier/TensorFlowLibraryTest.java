// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorFlowLibraryTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/x/libtensorflow_cc.so.2: failed to map segment from shared object|mounted noexec",
                "Could not create the cache: Set the property|name a folder that can be written to",
                "Read-only file system|name a folder that can be written to",
                "no jnitensorflow in java.library.path: /usr/lib|no TensorFlow library for Linux riscv64",
                "GLIBC_2.99 not found|cannot be loaded on Linux riscv64: GLIBC_2.99 not found"
            })
    void saysWhatToDoAboutALibraryThatCannotBeLoaded(String reason, String sentence) {
        // When
        String said = TensorFlowLibrary.sentence(reason, "Linux riscv64");

        // Then
        assertThat(said).contains(sentence).doesNotContain("\n");
    }

    @Test
    void cutsShortWhatTheLoaderSays() {
        // When
        String said = TensorFlowLibrary.sentence("x".repeat(5000), "Linux riscv64");

        // Then
        assertThat(said).hasSizeLessThan(300);
    }
}
