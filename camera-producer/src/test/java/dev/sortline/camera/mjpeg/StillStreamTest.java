// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StillStreamTest {
    private static final Duration LONG_AGO = Duration.ofNanos(1);

    private final byte[] into = new byte[4];

    @Test
    void whatLayThereWhileTheMachineWasBusyIsReadBeforeTheCameraIsGivenUp() throws IOException {
        // Given
        var stream = new StillStream(new ByteArrayInputStream(new byte[8]), LONG_AGO);

        // When
        int count = stream.read(into, 0, into.length);

        // Then
        assertThat(count).isEqualTo(4);
    }

    @Test
    void cameraIsGivenUpWhenThatEndsNoPicture() throws IOException {
        // Given
        var stream = new StillStream(new ByteArrayInputStream(new byte[8]), LONG_AGO);
        int unused = stream.read(into, 0, into.length);

        // When, Then
        assertThatThrownBy(() -> stream.read(into, 0, into.length)).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void cameraIsReadOnWhenThatEndsAPicture() throws IOException {
        // Given
        var stream = new StillStream(new ByteArrayInputStream(new byte[8]), LONG_AGO);
        int unused = stream.read(into, 0, into.length);
        stream.heard();

        // When
        int count = stream.read(into, 0, into.length);

        // Then
        assertThat(count).isEqualTo(4);
    }
}
