// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.onnx.OnnxEngine;
import dev.sortline.trainer.layers.HalfFloat;
import dev.sortline.trainer.network.FrozenModel;
import dev.sortline.trainer.network.MobileNetV2;
import dev.sortline.trainer.network.Network;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HalfWeightsTest {
    private static final int SIZE = 64;
    private static final int LABELS = 5;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeNetwork() throws IOException {
        Network network = MobileNetV2.ofWidth(0.35, LABELS, 1);
        FrozenModel.write(
                folder.resolve(ModelPackage.SAVED_MODEL_FILE), network, network.initialWeights(), SIZE, LABELS);
        assertThat(OnnxExport.write(folder, SIZE)).isEmpty();
        file = folder.resolve(ModelPackage.ONNX_FILE);
    }

    @Test
    void anEngineAnswersNearlyAsBeforeFromLittleMoreThanHalfTheFile() throws Exception {
        // Given
        long before = Files.size(file);
        float[] expected = scores();

        // When
        HalfWeights.pack(file);

        // Then
        assertThat((double) Files.size(file) / before).isLessThan(0.6);
        assertThat(scores()).containsExactly(expected, within(0.01f));
    }

    @Test
    void eachLargeWeightIsTheNearestOfSixteenBits() throws IOException {
        // Given
        ModelProto before = ModelProto.parseFrom(Files.readAllBytes(file));

        // When
        HalfWeights.pack(file);

        // Then
        List<TensorProto> halves =
                ModelProto.parseFrom(Files.readAllBytes(file)).getGraph().getInitializerList().stream()
                        .filter(constant -> constant.getDataType() == TensorProto.DataType.FLOAT16.getNumber())
                        .toList();
        assertThat(halves).isNotEmpty();
        for (TensorProto half : halves) {
            float[] exact = RoundedWeights.floats(before.getGraph().getInitializerList().stream()
                    .filter(constant -> (constant.getName() + "/half").equals(half.getName()))
                    .findFirst()
                    .orElseThrow());
            ByteBuffer bits = half.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
            for (float value : exact) {
                // Half of the last of eleven bits, or of the smallest step.
                assertThat(HalfFloat.toFloat(bits.getShort()))
                        .isCloseTo(value, within(Math.max(Math.abs(value) / 2048, 3e-8f)));
            }
        }
    }

    @Test
    void whatIsTooLargeForSixteenBitsStays() throws IOException {
        // Given
        ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
        int largest = 0;
        for (int i = 0; i < model.getGraph().getInitializerCount(); i++) {
            int bytes = model.getGraph().getInitializer(i).getRawData().size();
            largest = bytes
                            > model.getGraph()
                                    .getInitializer(largest)
                                    .getRawData()
                                    .size()
                    ? i
                    : largest;
        }
        TensorProto small = model.getGraph().getInitializer(largest);
        float[] values = RoundedWeights.floats(small);
        values[0] = 70_000;
        TensorProto large = OnnxGraph.floatTensor(
                small.getName(),
                values,
                small.getDimsList().stream().mapToLong(i -> i).toArray());
        model.getGraphBuilder().setInitializer(largest, large);
        Files.write(file, model.build().toByteArray());

        // When
        HalfWeights.pack(file);

        // Then
        assertThat(ModelProto.parseFrom(Files.readAllBytes(file)).getGraph().getInitializerList())
                .contains(large);
    }

    private float[] scores() throws Exception {
        FloatBuffer picture = ByteBuffer.allocateDirect(3 * SIZE * SIZE * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (int i = 0; i < picture.capacity(); i++) {
            picture.put(i, (float) Math.sin(i));
        }
        try (var network = OnnxEngine.open(file, SIZE, 1)) {
            return network.scores(List.of(picture))[0];
        }
    }
}
