// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

    @Test
    void onlyWhatTensorFlowTellsOfItselfIsKeptFromStandardError() {
        // Given
        PrintStream before = System.err;
        var told = new ByteArrayOutputStream();
        System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));

        // When
        try {
            StandardError.withoutLines(
                    TensorFlowLibrary::isChatter,
                    () -> write(
                            "WARNING: All log messages before absl::InitializeLog() is called are written to STDERR\n"
                                    + "I0000 00:00:1795687119.348920   32059 pass.cc:401] MLIR is not enabled\n"
                                    + "F0000 00:00:1795687119.348920   32059 pass.cc:402] the disk is full\n"
                                    + "2026-01-01 00:00:00.0: I tensorflow/core/port.cc:153] oneDNN is on\n"
                                    + "2026-01-01 00:00:00.0: E tensorflow/core/port.cc:153] oneDNN is off\n"));
        } finally {
            System.setErr(before);
        }

        // Then
        assertThat(told.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "F0000 00:00:1795687119.348920   32059 pass.cc:402] the disk is full",
                        "2026-01-01 00:00:00.0: E tensorflow/core/port.cc:153] oneDNN is off");
    }

    private static void write(String text) {
        try {
            new FileOutputStream(FileDescriptor.err).write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
