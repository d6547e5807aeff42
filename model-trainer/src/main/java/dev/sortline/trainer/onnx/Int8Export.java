// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.onnx.OnnxProbe;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Writes the network of a package in int8, by what its tensors hold on calibration pictures. Belongs to one thread. */
public final class Int8Export {
    private final ModelProto float32;
    private final Map<String, ActivationStatistics> statistics;

    private Int8Export(ModelProto float32, Map<String, ActivationStatistics> statistics) {
        this.float32 = float32;
        this.statistics = statistics;
    }

    /** Pictures as the network gets them: direct buffers of {@code size * size * 3} values. */
    @FunctionalInterface
    public interface Pictures {
        /** Hands over each picture, which is used until the call returns. */
        void each(Consumer<FloatBuffer> taker) throws IOException;
    }

    /**
     * Measures ranges on pictures, which are looked at twice.
     *
     * @param folder of a package, with its {@code network.onnx}
     * @throws IOException if the disk fails
     * @throws LinkageError if ONNX Runtime is not there
     */
    public static Int8Export calibrated(Path folder, int inputSize, Pictures pictures) throws IOException {
        ModelProto float32 = ModelProto.parseFrom(Files.readAllBytes(folder.resolve(ModelPackage.ONNX_FILE)));
        ProductGraph graph = new ProductGraph(float32, 1);
        Map<String, ActivationStatistics> statistics = new LinkedHashMap<>();
        graph.activations().forEach(tensor -> statistics.put(tensor, new ActivationStatistics()));
        try (OnnxProbe probe = OnnxProbe.open(graph.showingActivations().toByteArray(), inputSize)) {
            pictures.each(picture -> probe.look(
                    picture, (tensor, shape, values) -> of(statistics, tensor).measure(shape, values)));
            pictures.each(picture -> probe.look(
                    picture, (tensor, shape, values) -> of(statistics, tensor).count(values)));
        }
        return new Int8Export(float32, statistics);
    }

    private static ActivationStatistics of(Map<String, ActivationStatistics> statistics, String tensor) {
        return Objects.requireNonNull(statistics.get(tensor), tensor);
    }

    /**
     * Writes {@code network-int8.onnx}; the same pictures give the same bytes.
     *
     * @param finer how many of the last products stay in float32, at least 1
     * @throws IOException if the disk fails
     */
    public void write(Path folder, int finer) throws IOException {
        OnnxExport.write(
                folder.resolve(ModelPackage.INT8_FILE),
                QuantizedNetwork.of(new ProductGraph(float32, finer), statistics));
    }
}
