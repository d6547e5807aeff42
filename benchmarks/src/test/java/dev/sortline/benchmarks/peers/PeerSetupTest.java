// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerSetupTest {
    private static final int SIZE = 1;
    private static final PictureReader BLACK = (image, pixels) -> pixels.put(new float[3]);

    @Test
    void networkIsOpenedOnceForSetupsThatDifferInBatchesAlone() throws Exception {
        // Given
        List<PeerSetup> setups =
                List.of(new PeerSetup("int8", 1, 2, 1), new PeerSetup("int8", 1, 2, 4), new PeerSetup("int8", 2, 1, 1));
        List<PeerSetup> opened = new ArrayList<>();

        // When
        PeerSetup best = PeerSetup.best(
                setups,
                setup -> {
                    opened.add(setup);
                    return new PromptNetwork();
                },
                BLACK,
                SIZE,
                List.of(new byte[1]),
                4);

        // Then
        assertThat(setups).contains(best);
        assertThat(opened).containsExactly(setups.get(0), setups.get(2));
    }

    /** Answers at once. */
    private static final class PromptNetwork implements PeerNetwork {
        @Override
        public float[][] scores(FloatBuffer pixels, int pictures) {
            return new float[pictures][1];
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
