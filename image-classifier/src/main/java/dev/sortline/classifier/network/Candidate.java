// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.network;

import dev.sortline.classifier.engine.Engine;
import dev.sortline.classifier.engine.LoadedNetwork;
import dev.sortline.classifier.engine.MissingEngineException;
import dev.sortline.classifier.engine.Precision;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.onnx.OnnxEngine;
import dev.sortline.classifier.runtime.Processor;
import dev.sortline.classifier.tensorflow.SavedNetwork;
import dev.sortline.classifier.tflite.TfliteEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** An engine and the numbers that it may compute a network in. */
record Candidate(Engine engine, Precision precision) {
    /** What every package has a file for, and what the answers of all others are held against. */
    static final Candidate REFERENCE = new Candidate(Engine.TENSORFLOW, Precision.FLOAT32);

    /** All that there are, the most exact first. */
    static final List<Candidate> ALL = List.of(
            REFERENCE,
            new Candidate(Engine.ONNX_RUNTIME, Precision.FLOAT32),
            new Candidate(Engine.TENSORFLOW_LITE, Precision.FLOAT32),
            new Candidate(Engine.TENSORFLOW, Precision.BFLOAT16),
            new Candidate(Engine.ONNX_RUNTIME, Precision.INT8),
            new Candidate(Engine.TENSORFLOW_LITE, Precision.INT8));

    /** Whether settings leave it open. */
    boolean fits(InferenceSettings settings) {
        return (settings.engine() == null || settings.engine() == engine)
                && (settings.precision() == null || settings.precision() == precision);
    }

    /** Whether the package has a file for it. */
    boolean isIn(ModelPackage model) {
        return file(model).isPresent();
    }

    /** Why it is not worth a try on a processor, in the rest of a sentence. */
    Optional<String> lackOf(Processor processor) {
        boolean has =
                switch (precision) {
                    case FLOAT32 -> true;
                    case BFLOAT16 -> processor.hasBfloat16();
                    // TensorFlow Lite widens before it adds: without units of their own eight bits are slower, but as
                    // exact.
                    case INT8 -> engine == Engine.TENSORFLOW_LITE || processor.hasInt8();
                };
        return has ? Optional.empty() : Optional.of("the processor does not say that it has it");
    }

    /**
     * Loads the network.
     *
     * @param threads that share one run, at least 1
     */
    LoadedNetwork open(ModelPackage model, int threads) throws MissingEngineException {
        int size = model.manifest().inputSize();
        return switch (engine) {
            case TENSORFLOW -> SavedNetwork.open(model.folder(), size, precision, threads);
            case ONNX_RUNTIME -> OnnxEngine.open(file(model).orElseThrow(), size, threads);
            case TENSORFLOW_LITE -> TfliteEngine.open(file(model).orElseThrow(), size, threads);
        };
    }

    private Optional<Path> file(ModelPackage model) {
        boolean int8 = precision == Precision.INT8;
        return model.file(
                switch (engine) {
                    case TENSORFLOW -> ModelPackage.SAVED_MODEL_FILE;
                    case ONNX_RUNTIME -> int8 ? ModelPackage.INT8_FILE : ModelPackage.ONNX_FILE;
                    case TENSORFLOW_LITE -> int8 ? ModelPackage.TFLITE_INT8_FILE : ModelPackage.TFLITE_FILE;
                });
    }

    @Override
    public String toString() {
        return engine + " " + precision;
    }
}
