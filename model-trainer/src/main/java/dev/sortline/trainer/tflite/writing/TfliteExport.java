// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.tflite.writing;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.trainer.onnx.UnknownOperationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes a network for TensorFlow Lite of the same network in ONNX: the same weights and the same operations, with channels last. So a network of
 * eight bits has the very steps that were judged as ONNX.
 *
 * <p>Input float32 {@code [-1, size, size, 3]}, output float32 {@code [-1, labels]}, and what else the network in ONNX puts out, each by its
 * name; the batch is 1 until it is set otherwise. Known is what {@link dev.sortline.trainer.onnx.OnnxExport} writes, but for the activations
 * Selu, Softplus and Softsign, which TensorFlow Lite does not have.
 */
public final class TfliteExport {
    /** Each form of a package's network for TensorFlow Lite, with the one that it is made of. */
    private static final Map<String, String> ORIGINALS = Map.of(
            ModelPackage.TFLITE_FILE, ModelPackage.ONNX_FILE, ModelPackage.TFLITE_INT8_FILE, ModelPackage.INT8_FILE);

    private TfliteExport() {}

    /**
     * Writes a {@code .tflite} file; the same network gives the same bytes.
     *
     * @param onnx a network that was written here, in float32 or in eight bits
     * @throws UnknownOperationException if it does what TensorFlow Lite does not know
     * @throws IOException if the disk fails
     */
    public static void write(Path onnx, Path file) throws IOException, UnknownOperationException {
        Files.write(file, new TfliteWriting(OnnxNetwork.read(onnx)).written());
    }

    /**
     * Writes those networks for TensorFlow Lite anew that a package has, of its networks in ONNX.
     *
     * @throws IOException if the disk fails
     */
    public static void renew(Path folder) throws IOException {
        for (Map.Entry<String, String> form : ORIGINALS.entrySet()) {
            if (Files.exists(folder.resolve(form.getKey()))) {
                try {
                    write(folder.resolve(form.getValue()), folder.resolve(form.getKey()));
                } catch (UnknownOperationException e) {
                    throw new IllegalStateException("a network that was written before " + e.getMessage(), e);
                }
            }
        }
    }
}
