// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.runtime;

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WARNING: All log messages before absl::InitializeLog() is called are written to STDERR|true",
                "I0000 00:00:1795687119.348920   32059 pass.cc:401] MLIR is not enabled|true",
                "F0000 00:00:1795687119.348920   32059 pass.cc:402] the disk is full|false",
                "2026-01-01 00:00:00.0: I tensorflow/core/port.cc:153] oneDNN is on|true",
                "2026-01-01 00:00:00.0: E tensorflow/core/port.cc:153] oneDNN is off|false",
                "2026-01-01T00:00:00.000Z [INFO] LineStream - lines are changing hands|false"
            })
    void onlyWhatTensorFlowTellsOfItselfIsKeptFromStandardError(String line, boolean kept) {
        // When
        boolean chatter = TensorFlowLibrary.isChatter(line);

        // Then
        assertThat(chatter).isEqualTo(kept);
    }
}
