// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.tensorflow.SavedNetwork;
import dev.sortline.trainer.network.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;

class LayerGraphTest {
    private static final int SIZE = 16;
    private static final long[] PICTURES = {-1, SIZE, SIZE, 3};
    private static final Window INSIDE = Window.of(1, 1, false);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {2, 12000})
    void answersAsItsLayersSayWhetherItsWeightsAreConstantsOrTooManyForThat(int labels) throws IOException {
        // Given: a mean of 0.5 a channel, so each score is 0.5 * 3 * 2 + 1
        float[] twos = new float[SIZE * SIZE * 3 * labels];
        Arrays.fill(twos, 2f / (SIZE * SIZE));
        float[] ones = new float[labels];
        Arrays.fill(ones, 1);
        float[] grey = new float[SIZE * SIZE * 3];
        Arrays.fill(grey, 0.5f);

        // When
        try (var graph = LayerGraph.of(PICTURES, PictureInput.of(SIZE))) {
            Signal rows = graph.flattened("rows", graph.input());
            Signal scores = graph.dense("scores", rows, NpyArray.of(twos, SIZE * SIZE * 3, labels));
            graph.write(folder, graph.biased("scores", scores, ones));
        }

        // Then
        assertThat(Files.exists(folder.resolve("variables"))).isEqualTo(labels > 2);
        try (var network = SavedNetwork.open(folder, SIZE)) {
            assertThat(network.scores(grey)[0]).hasSize(labels).satisfies(row -> {
                for (float score : row) {
                    assertThat(score).isCloseTo(4, within(1e-3f));
                }
            });
        }
    }

    @Test
    void batchNormalisationGoesIntoTheWeightsBeforeIt() throws IOException {
        // Given
        NpyArray kernel = NpyArray.of(new float[] {1, 0, 0, 1, 1, 1}, 1, 1, 3, 2);

        // When
        try (var graph = LayerGraph.of(PICTURES, PictureInput.of(SIZE))) {
            Signal convolved = graph.convolution("conv", graph.input(), kernel, INSIDE);
            Signal normalized =
                    graph.normalized("norm", convolved, two(2, 3), two(1, -1), two(0.5f, 0.25f), two(4, 9), 0);
            graph.write(folder, graph.averaged("mean", normalized, false));
        }

        // Then
        assertThat(operations()).containsOnlyOnce("Conv2D", "BiasAdd").doesNotContain("Mul", "FusedBatchNormV3");
        float[] picture = new float[SIZE * SIZE * 3];
        Arrays.fill(picture, 1);
        try (var network = SavedNetwork.open(folder, SIZE)) {
            // (2 - 0.5) / 2 * 2 + 1, (2 - 0.25) / 3 * 3 - 1
            assertThat(network.scores(picture)[0]).containsExactly(two(2.5f, 0.75f), within(1e-5f));
        }
    }

    @Test
    void whatIsReadBeforeItsNormalisationStaysAsItIs() throws IOException {
        // Given
        NpyArray kernel = NpyArray.of(new float[] {1, 0, 0, 1, 1, 1}, 1, 1, 3, 2);

        // When
        try (var graph = LayerGraph.of(PICTURES, PictureInput.of(SIZE))) {
            Signal convolved = graph.convolution("conv", graph.input(), kernel, INSIDE);
            Signal scaled = graph.scaled("scale", convolved, two(10, 10), two(0, 0));
            Signal sum = graph.combined("sum", Arithmetic.ADD, scaled, convolved);
            graph.write(folder, graph.averaged("mean", sum, false));
        }

        // Then
        float[] picture = new float[SIZE * SIZE * 3];
        Arrays.fill(picture, 1);
        try (var network = SavedNetwork.open(folder, SIZE)) {
            assertThat(network.scores(picture)[0]).containsExactly(two(22, 22), within(1e-4f));
        }
    }

    @Test
    void takesMeanAndDeviationOffFirst() throws IOException {
        // Given
        var input = new PictureInput(SIZE, List.of(0.5f, 0.25f, 0f), List.of(0.5f, 0.25f, 2f));

        // When
        try (var graph = LayerGraph.of(PICTURES, input)) {
            graph.write(folder, graph.averaged("mean", graph.input(), false));
        }

        // Then
        float[] picture = new float[SIZE * SIZE * 3];
        Arrays.fill(picture, 1);
        try (var network = SavedNetwork.open(folder, SIZE)) {
            assertThat(network.scores(picture)[0]).containsExactly(new float[] {1, 3, 0.5f}, within(1e-5f));
        }
    }

    @Test
    void namesTheLayerThatDoesNotFit() {
        // Given
        NpyArray kernel = NpyArray.of(new float[8], 1, 1, 4, 2);

        // Then
        try (var graph = LayerGraph.of(PICTURES, PictureInput.of(SIZE))) {
            assertThatThrownBy(() -> graph.convolution("conv1", graph.input(), kernel, INSIDE))
                    .hasMessage("has a layer with weights for 4 channels that is given 3 (conv1)");
            assertThatThrownBy(() -> graph.dense("dense1", graph.input(), NpyArray.of(new float[6], 3, 2)))
                    .hasMessage("has a layer for rows that is given [-1, 16, 16, 3] (dense1)");
            assertThatThrownBy(() -> graph.maxPooled("pool1", graph.input(), 99, 99, INSIDE))
                    .hasMessageStartingWith("has a layer that does not fit what comes before it (pool1): ");
        }
    }

    @Test
    void refusesANetworkThatEndsInPictures() {
        // Then
        try (var graph = LayerGraph.of(PICTURES, PictureInput.of(SIZE))) {
            assertThatThrownBy(() -> graph.write(folder, graph.input()))
                    .hasMessage("must end in a row of scores a picture, but ends in [-1, 16, 16, 3]");
        }
    }

    private static float[] two(float one, float other) {
        return new float[] {one, other};
    }

    private List<String> operations() throws IOException {
        return SavedModel.parseFrom(Files.readAllBytes(folder.resolve(ModelPackage.SAVED_MODEL_FILE)))
                .getMetaGraphs(0)
                .getGraphDef()
                .getNodeList()
                .stream()
                .map(NodeDef::getOp)
                .toList();
    }
}
