// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class RootCauseTest {
    @Test
    void failureThatIsWrappedTwiceIsFound() {
        // Given
        var refused = new ConnectException("Connection refused");
        var failure = new UncheckedIOException(new IOException("cannot connect", refused));

        // When
        Throwable root = RootCause.of(failure);

        // Then
        assertThat(root).isSameAs(refused);
    }

    @Test
    void failureWithoutACauseIsItsOwn() {
        // Given
        var failure = new IllegalStateException("closed");

        // When
        Throwable root = RootCause.of(failure);

        // Then
        assertThat(root).isSameAs(failure);
    }
}
