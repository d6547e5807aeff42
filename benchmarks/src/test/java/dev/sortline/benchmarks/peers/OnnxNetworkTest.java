// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.benchmarks.line.BeltPictures;
import dev.sortline.classifier.model.ModelPackage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That the peers run the model that the line runs. */
class OnnxNetworkTest {
    /** The file keeps its weights in sixteen bits. */
    private static final double TOLERANCE = 5e-3;

    @Test
    void answersAsTensorFlowDoesOnEverySamplePicture() throws Exception {
        // Given
        ModelPackage model = ModelPackage.load(Path.of("../models/waste-mobilenet-v2"));
        List<byte[]> pictures = BeltPictures.of(Path.of("../samples/belt")).files();
        int size = model.manifest().inputSize();
        FloatBuffer pixels = ByteBuffer.allocateDirect(pictures.size() * 3 * size * size * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        var reader = new ImageIoReader(size, model.manifest().scaling());
        for (byte[] picture : pictures) {
            reader.read(picture, pixels);
        }
        List<double[]> expected;
        try (var tensorFlow = new SavedModelNetwork(model)) {
            expected = probabilities(model, tensorFlow.scores(pixels.flip(), pictures.size()));
        }

        // When
        List<double[]> answers;
        try (var onnx = new OnnxNetwork(model, ModelPackage.ONNX_FILE, 2)) {
            answers = probabilities(model, onnx.scores(pixels.rewind(), pictures.size()));
        }

        // Then
        assertThat(answers).hasSameSizeAs(expected);
        for (int i = 0; i < answers.size(); i++) {
            assertThat(best(answers.get(i))).isEqualTo(best(expected.get(i)));
            assertThat(answers.get(i)).containsExactly(expected.get(i), within(TOLERANCE));
        }
    }

    private static List<double[]> probabilities(ModelPackage model, float[][] rows) {
        return Arrays.stream(rows)
                .map(scores -> probabilities(scores, model.manifest().temperature()))
                .toList();
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
