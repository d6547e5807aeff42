// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sortline.benchmarks.line.BenchFailure;
import dev.sortline.classifier.model.ModelPackage;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** A model package's network in ONNX Runtime. */
final class OnnxNetwork implements PeerNetwork {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final int size;

    /**
     * Opens it.
     *
     * @param file which of the package's ONNX files
     * @param threads that share one run, at least 1
     */
    OnnxNetwork(ModelPackage model, String file, int threads) throws OrtException {
        size = model.manifest().inputSize();
        Path network = model.file(file)
                .orElseThrow(
                        () -> new BenchFailure("%s has no %s: train it anew, or write one with sortline model quantize"
                                .formatted(model.folder(), file)));
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            session = environment.createSession(network.toString(), options);
        }
    }

    /** The library's version. */
    static String version() {
        return OrtEnvironment.getEnvironment().getVersion();
    }

    @Override
    public float[][] scores(FloatBuffer pixels, int pictures) throws OrtException {
        long[] shape = {pictures, size, size, 3};
        try (var images = OnnxTensor.createTensor(environment, pixels, shape);
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
