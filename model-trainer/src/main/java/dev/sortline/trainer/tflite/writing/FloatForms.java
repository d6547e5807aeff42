// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.tflite.writing;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.trainer.onnx.HalfWeights;
import dev.sortline.trainer.onnx.OnnxExport;
import dev.sortline.trainer.onnx.UnknownOperationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The forms of a network that was trained here, for engines beside TensorFlow, in float32. */
public final class FloatForms {
    private FloatForms() {}

    /**
     * Writes {@code network.onnx} and {@code network.tflite} beside the SavedModel.
     *
     * @param folder of a package, with the SavedModel of a network of our own
     * @param inputSize width and height of the pictures in pixels
     * @throws IOException if the disk fails
     */
    public static void write(Path folder, int inputSize) throws IOException {
        Path onnx = folder.resolve(ModelPackage.ONNX_FILE);
        Optional<String> stays = OnnxExport.write(folder, inputSize);
        if (stays.isPresent()) {
            throw new IllegalStateException("a network of our own " + stays.get());
        }
        try {
            TfliteExport.write(onnx, folder.resolve(ModelPackage.TFLITE_FILE));
        } catch (UnknownOperationException e) {
            throw new IllegalStateException("a network of our own " + e.getMessage(), e);
        }
        HalfWeights.pack(onnx);
    }
}
