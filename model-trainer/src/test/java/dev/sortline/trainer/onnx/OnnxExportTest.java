// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.onnx.OnnxEngine;
import dev.sortline.classifier.tensorflow.SavedNetwork;
import dev.sortline.trainer.network.FrozenModel;
import dev.sortline.trainer.network.Network;
import dev.sortline.trainer.network.SmallCnn;
import dev.sortline.trainer.network.TinyNetworks;
import dev.sortline.trainer.packages.SavedModelFile;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TFloat32;

class OnnxExportTest {
    private static final int SIZE = 64;
    private static final int LABELS = 5;

    @TempDir
    private static Path efficientNet;

    @TempDir
    private Path folder;

    static Stream<Network> networks() throws IOException {
        return TinyNetworks.ofEachKind(efficientNet, SIZE, LABELS);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void answersInOnnxRuntimeAsTheSavedModelDoesInTensorFlow(Network network) throws Exception {
        // Given
        FrozenModel.write(
                folder.resolve(ModelPackage.SAVED_MODEL_FILE), network, network.initialWeights(), SIZE, LABELS);
        List<FloatBuffer> pictures = List.of(noise(1), noise(2), noise(3));

        // When
        assertThat(OnnxExport.write(folder, SIZE)).isEmpty();

        // Then
        try (var saved = SavedNetwork.open(folder, SIZE);
                var onnx = OnnxEngine.open(folder.resolve(ModelPackage.ONNX_FILE), SIZE, 1)) {
            float[][] expected = saved.scores(pictures);
            float[][] answered = onnx.scores(pictures);
            for (int i = 0; i < pictures.size(); i++) {
                assertThat(answered[i]).containsExactly(expected[i], within(1e-3f));
                assertThat(onnx.scores(List.of(pictures.get(i)))[0]).containsExactly(expected[i], within(1e-3f));
            }
        }
    }

    @Test
    void writesTheSameBytesForTheSameNetwork() throws Exception {
        // Given
        Network network = new SmallCnn(SIZE, LABELS, 1);
        FrozenModel.write(
                folder.resolve(ModelPackage.SAVED_MODEL_FILE), network, network.initialWeights(), SIZE, LABELS);
        Path file = folder.resolve(ModelPackage.ONNX_FILE);
        assertThat(OnnxExport.write(folder, SIZE)).isEmpty();
        byte[] first = Files.readAllBytes(file);

        // When
        assertThat(OnnxExport.write(folder, SIZE)).isEmpty();

        // Then
        assertThat(file).hasBinaryContent(first);
    }

    @Test
    void saysWhatItDoesNotKnowAndWritesNothing() throws Exception {
        // Given
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            var images = tf.withName("images").placeholder(TFloat32.class);
            tf.withName("scores").math.erf(images);
            SavedModelFile.write(
                    folder.resolve(ModelPackage.SAVED_MODEL_FILE),
                    graph.toGraphDef(),
                    SignatureDef.newBuilder()
                            .putInputs(
                                    "images",
                                    TensorInfo.newBuilder().setName("images:0").build())
                            .putOutputs(
                                    "scores",
                                    TensorInfo.newBuilder().setName("scores:0").build())
                            .build());
        }

        // When
        var told = OnnxExport.write(folder, SIZE);

        // Then
        assertThat(told).contains("has an operation Erf (scores)");
        assertThat(folder.resolve(ModelPackage.ONNX_FILE)).doesNotExist();
    }

    private static FloatBuffer noise(long seed) {
        return TinyNetworks.noise(SIZE, seed);
    }
}
