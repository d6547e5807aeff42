// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.tflite.writing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.classifier.engine.LoadedNetwork;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.tensorflow.SavedNetwork;
import dev.sortline.classifier.tflite.TfliteEngine;
import dev.sortline.trainer.layers.PictureInput;
import dev.sortline.trainer.network.FrozenModel;
import dev.sortline.trainer.network.MobileNetV2;
import dev.sortline.trainer.network.Network;
import dev.sortline.trainer.network.SmallCnn;
import dev.sortline.trainer.network.TinyNetworks;
import dev.sortline.trainer.onnx.OnnxExport;
import dev.sortline.trainer.onnx.UnknownOperationException;
import dev.sortline.trainer.packages.SavedModelFile;
import dev.sortline.trainer.tflite.TfliteFile;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;

class TfliteExportTest {
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
    void answersInTensorFlowLiteAsTheSavedModelDoesInTensorFlow(Network network) throws Exception {
        // Given
        writeSavedModel(network);
        List<FloatBuffer> pictures = List.of(noise(1), noise(2), noise(3));

        // When
        Path file = exported();

        // Then
        try (var saved = SavedNetwork.open(folder, SIZE);
                var lite = TfliteEngine.open(file, SIZE, 1)) {
            float[][] expected = saved.scores(pictures);
            for (int count = 1; count <= pictures.size(); count++) {
                float[][] answered = lite.scores(pictures.subList(0, count));
                assertThat(answered).hasNumberOfRows(count);
                for (int i = 0; i < count; i++) {
                    assertThat(answered[i]).containsExactly(expected[i], within(1e-3f));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void isReadAgainByTheImport(Network network) throws Exception {
        // Given
        writeSavedModel(network);
        Path file = exported();
        Path imported = Files.createDirectory(folder.resolve("imported"));

        // When
        TfliteFile.write(file, PictureInput.of(SIZE), imported);

        // Then
        try (var saved = SavedNetwork.open(folder, SIZE);
                var read = SavedNetwork.open(imported, SIZE)) {
            assertThat(read.scores(List.of(noise(1)))[0])
                    .containsExactly(saved.scores(List.of(noise(1)))[0], within(1e-3f));
        }
    }

    @Test
    void runsOnSeveralThreadsAtTheSameTime() throws Exception {
        // Given
        writeSavedModel(MobileNetV2.ofWidth(0.35, LABELS, 1));
        int atOnce = 4;
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try (LoadedNetwork lite = TfliteEngine.open(exported(), SIZE, 2)) {
            List<float[]> alone = new ArrayList<>();
            for (int i = 0; i < atOnce; i++) {
                alone.add(lite.scores(List.of(noise(i)))[0]);
            }
            List<Callable<float[]>> runs = new ArrayList<>();
            for (int i = 0; i < atOnce; i++) {
                List<FloatBuffer> repeated = Collections.nCopies(20, noise(i));
                runs.add(() -> lite.scores(repeated)[19]);
            }

            // When
            List<Future<float[]>> together = threads.invokeAll(runs);

            // Then
            for (int i = 0; i < atOnce; i++) {
                assertThat(together.get(i).get()).containsExactly(alone.get(i), within(1e-6f));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void writesTheSameBytesForTheSameNetwork() throws Exception {
        // Given
        writeSavedModel(new SmallCnn(SIZE, LABELS, 1));
        byte[] first = Files.readAllBytes(exported());

        // When
        Path second = exported();

        // Then
        assertThat(second).hasBinaryContent(first);
    }

    @Test
    void aFileThatIsCutOffIsToldInALine() throws Exception {
        // Given
        writeSavedModel(new SmallCnn(SIZE, LABELS, 1));
        byte[] whole = Files.readAllBytes(exported());
        Path cut = folder.resolve("cut.tflite");

        for (int part = 1; part < 16; part++) {
            // When
            Files.write(cut, Arrays.copyOf(whole, whole.length / 16 * part));

            // Then
            assertThatThrownBy(() -> TfliteEngine.open(cut, SIZE, 1))
                    .hasMessage(
                            cut + " is no network that TensorFlow Lite can load: it is none, or is cut off or damaged");
        }
    }

    @Test
    void aNetworkForPicturesOfAnotherSizeIsToldInALine() throws Exception {
        // Given
        writeSavedModel(MobileNetV2.ofWidth(0.35, LABELS, 1));
        Path file = exported();

        // Then
        assertThatThrownBy(() -> TfliteEngine.open(file, 2 * SIZE, 1))
                .hasMessage(
                        file
                                + " cannot be run: it must take float32 of [1, 128, 128, 3] and give [1, labels]; write it again with sortline model quantize");
    }

    @Test
    void saysWhatItDoesNotKnowAndWritesNothing() throws Exception {
        // Given
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            var images = tf.withName("images").placeholder(TFloat32.class);
            var rows = tf.reshape(images, tf.constant(new int[] {-1, 3 * SIZE * SIZE}));
            tf.withName("scores").math.softplus(rows);
            SavedModelFile.write(
                    folder.resolve(ModelPackage.SAVED_MODEL_FILE),
                    graph.toGraphDef(),
                    SignatureDef.newBuilder()
                            .putInputs("images", named("images:0"))
                            .putOutputs("scores", named("scores:0"))
                            .build());
        }

        // Then
        assertThatThrownBy(this::exported)
                .isInstanceOf(UnknownOperationException.class)
                .hasMessage("has an operation Softplus (scores)");
        assertThat(folder.resolve(ModelPackage.TFLITE_FILE)).doesNotExist();
    }

    private static TensorInfo named(String tensor) {
        return TensorInfo.newBuilder()
                .setName(tensor)
                .setTensorShape(TensorShapeProto.getDefaultInstance())
                .build();
    }

    private void writeSavedModel(Network network) throws IOException {
        FrozenModel.write(
                folder.resolve(ModelPackage.SAVED_MODEL_FILE), network, network.initialWeights(), SIZE, LABELS);
    }

    private Path exported() throws IOException, UnknownOperationException {
        assertThat(OnnxExport.write(folder, SIZE)).isEmpty();
        Path file = folder.resolve(ModelPackage.TFLITE_FILE);
        TfliteExport.write(folder.resolve(ModelPackage.ONNX_FILE), file);
        return file;
    }

    private static FloatBuffer noise(long seed) {
        return TinyNetworks.noise(SIZE, seed);
    }
}
