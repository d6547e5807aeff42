// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The expected numbers are printed by {@code src/fixtures/reference/efficientnet_lite.py}, which knows TensorFlow from its papers alone. */
class EfficientNetLiteTest {
    private static final int SIZE = 36;
    private static final int LABELS = 3;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"LITE0, 0.2475456, -3.9320592, -0.2490907", "LITE2, -1.8309412, -2.7344561, 1.0320597"})
    void answersAsAPlainComputationDoes(EfficientNetLite lite, float first, float second, float third)
            throws IOException {
        // Given
        TinyEfficientNet tiny = TinyEfficientNet.writeTo(folder, lite);
        Network network = lite.from(PretrainedWeights.read(folder), LABELS, 1);
        Map<String, NpyArray> weights = new LinkedHashMap<>(network.initialWeights());
        weights.putAll(tiny.classifier(LABELS));

        // When
        float[] logits = logits(network, weights, TinyEfficientNet.picture(SIZE));

        // Then
        assertThat(logits).containsExactly(new float[] {first, second, third}, within(1e-4f));
    }

    @ParameterizedTest
    @EnumSource
    void layersGoFromTheStemToTheClassifier(EfficientNetLite lite) throws IOException {
        // Given
        TinyEfficientNet.writeTo(folder, lite);

        // When
        Network network = lite.from(PretrainedWeights.read(folder), LABELS, 1);

        // Then
        int[] layers = network.initialWeights().keySet().stream()
                .mapToInt(network::layer)
                .toArray();
        assertThat(layers).isSorted().startsWith(0).endsWith(network.lastLayer());
        assertThat(network.lastLayer()).isEqualTo(lite == EfficientNetLite.LITE0 ? 18 : 23);
        assertThat(network.features()).isEqualTo(TinyEfficientNet.FEATURES);
    }

    @Test
    void refusesTheWeightsOfAnotherNetwork() throws IOException {
        // Given
        TinyBackbone.writeTo(folder);
        PretrainedWeights mobileNet = PretrainedWeights.read(folder);

        // Then
        assertThatThrownBy(() -> EfficientNetLite.LITE0.from(mobileNet, LABELS, 1))
                .isInstanceOf(TrainingInputException.class)
                .hasMessage(
                        "the weights are not EfficientNet-Lite0's: b3_dw_kernel is [3, 3, 8, 1], needed is [5, 5, 8, 1]");
    }

    private static float[] logits(Network network, Map<String, NpyArray> weights, float[] pixels) {
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> images = tf.constant(Shape.of(1, SIZE, SIZE, 3), DataBuffers.of(pixels, true, false));
            Operand<TFloat32> logits =
                    network.logits(tf, images, WeightSource.constants(weights), UnaryOperator.identity());
            try (Result result = session.runner().fetch(logits).run()) {
                float[] values = new float[LABELS];
                result.get(0).asRawTensor().data().asFloats().read(values);
                return values;
            }
        }
    }
}
