// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.benchmarks.line.BeltPictures;
import dev.sortline.classifier.model.ModelPackage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That the peers run the model that the line runs. */
class OnnxNetworkTest {
    private static final double TOLERANCE = 1e-3;

    @Test
    void answersAsTensorFlowDoesOnEverySamplePicture() throws Exception {
        // Given
        ModelPackage model = ModelPackage.load(Path.of("../models/waste-mobilenet-v2"));
        List<byte[]> pictures = BeltPictures.of(Path.of("../samples/belt")).files();
        double temperature = model.manifest().temperature();
        List<double[]> expected = new ArrayList<>();
        try (var tensorFlow = new PlainConsumer.Network(model)) {
            for (byte[] picture : pictures) {
                expected.add(probabilities(tensorFlow.scores(picture), temperature));
            }
        }

        // When
        List<double[]> answers = new ArrayList<>();
        try (var onnx = new OnnxNetwork(model, 2)) {
            for (float[] scores : onnx.scores(pictures)) {
                answers.add(probabilities(scores, temperature));
            }
        }

        // Then
        assertThat(answers).hasSameSizeAs(expected);
        for (int i = 0; i < answers.size(); i++) {
            assertThat(best(answers.get(i))).isEqualTo(best(expected.get(i)));
            assertThat(answers.get(i)).containsExactly(expected.get(i), within(TOLERANCE));
        }
    }

    private static double[] probabilities(float[] scores, double temperature) {
        double[] weights = IntStream.range(0, scores.length)
                .mapToDouble(i -> Math.exp((scores[i] - scores[0]) / temperature))
                .toArray();
        double sum =
                IntStream.range(0, weights.length).mapToDouble(i -> weights[i]).sum();
        return IntStream.range(0, weights.length)
                .mapToDouble(i -> weights[i] / sum)
                .toArray();
    }

    private static int best(double[] probabilities) {
        return IntStream.range(0, probabilities.length)
                .reduce((a, b) -> probabilities[b] > probabilities[a] ? b : a)
                .orElseThrow();
    }
}
