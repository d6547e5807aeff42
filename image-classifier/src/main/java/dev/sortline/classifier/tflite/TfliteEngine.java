// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.tflite;

import dev.sortline.classifier.engine.LoadedNetwork;
import dev.sortline.classifier.engine.MissingEngineException;
import dev.sortline.classifier.model.ModelPackageException;
import java.nio.file.Path;

/** TensorFlow Lite, where it is there. */
public final class TfliteEngine {
    private TfliteEngine() {}

    /**
     * Loads a {@code .tflite} network with one input, float32 {@code [1, size, size, 3]} whose first axis may be set otherwise, and one output,
     * float32 {@code [1, labels]}.
     *
     * @param inputSize width and height of the pictures in pixels
     * @param threads that share one run, at least 1
     * @throws MissingEngineException if TensorFlow Lite is not there, or has no library that can be loaded on this machine
     * @throws ModelPackageException if TensorFlow Lite cannot load the network, or it does not fit
     */
    public static LoadedNetwork open(Path file, int inputSize, int threads) throws MissingEngineException {
        try {
            return TfliteNetwork.open(file, inputSize, threads);
        } catch (LinkageError e) {
            throw new MissingEngineException("TensorFlow Lite is not there, or has no library for this machine", e);
        }
    }
}
