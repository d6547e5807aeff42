// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sortline.benchmarks.line.BenchFailure;
import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.classifier.model.ModelPackage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A model package's network in ONNX Runtime, float32. Safe for use by any number of threads. */
final class OnnxNetwork implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final ImageIoPixels pixels;
    private final int size;

    /** @param threads that share one run, at least 1 */
    OnnxNetwork(ModelPackage model, int threads) throws IOException, OrtException {
        ModelManifest manifest = model.manifest();
        size = manifest.inputSize();
        pixels = new ImageIoPixels(size, manifest.scaling());
        Path file = model.file(ModelPackage.ONNX_FILE)
                .orElseThrow(
                        () -> new BenchFailure("%s has no %s: train it anew, or write one with sortline model quantize"
                                .formatted(model.folder(), ModelPackage.ONNX_FILE)));
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            session = environment.createSession(file.toString(), options);
        }
    }

    /** Reads pictures with ImageIO and runs the network once: a row of scores a picture. */
    float[][] scores(List<byte[]> pictures) throws IOException, OrtException {
        int picture = 3 * size * size;
        FloatBuffer values = ByteBuffer.allocateDirect(pictures.size() * picture * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (byte[] image : pictures) {
            values.put(pixels.channelsLast(image));
        }
        values.rewind();
        long[] shape = {pictures.size(), size, size, 3};
        try (var images = OnnxTensor.createTensor(environment, values, shape);
                var result =
                        session.run(Map.of(session.getInputNames().iterator().next(), images))) {
            return (float[][]) result.get(0).getValue();
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
