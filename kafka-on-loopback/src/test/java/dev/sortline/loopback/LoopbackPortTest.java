// SPDX-License-Identifier: Apache-2.0
package dev.sortline.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopbackPortTest {
    private static final int MANY = 600;

    @Test
    void noPortIsGivenTwice() throws IOException {
        // Given
        List<Integer> ports = new ArrayList<>();

        // When
        for (int i = 0; i < MANY; i++) {
            ports.add(LoopbackPort.free());
        }

        // Then
        assertThat(ports).doesNotHaveDuplicates();
    }
}
