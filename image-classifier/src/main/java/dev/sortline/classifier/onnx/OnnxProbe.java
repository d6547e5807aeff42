// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sortline.classifier.model.ModelPackageException;
import java.nio.FloatBuffer;
import java.util.Map;

/** An ONNX network whose inner tensors are looked at, too, as {@link OnnxEngine} would compute them. Belongs to one thread. */
public final class OnnxProbe implements AutoCloseable {
    private final int inputSize;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String input;

    private OnnxProbe(int inputSize, OrtEnvironment environment, OrtSession session) {
        this.inputSize = inputSize;
        this.environment = environment;
        this.session = session;
        this.input = session.getInputNames().iterator().next();
    }

    /** Hears of a tensor of a run. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Looks at it.
         *
         * @param name of the tensor
         * @param shape of the tensor
         * @param values all of them, in a buffer that is valid until the call returns
         */
        void tensor(String name, long[] shape, FloatBuffer values);
    }

    /**
     * Loads a network.
     *
     * @param network the bytes of an ONNX file, each tensor to be looked at among its outputs
     * @param inputSize width and height of the pictures in pixels
     * @throws LinkageError if ONNX Runtime is not there, or has nothing for this machine
     * @throws ModelPackageException if ONNX Runtime cannot load it
     */
    public static OnnxProbe open(byte[] network, int inputSize) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (var options = new OrtSession.SessionOptions()) {
            return new OnnxProbe(inputSize, environment, environment.createSession(network, options));
        } catch (OrtException e) {
            throw new ModelPackageException("ONNX Runtime cannot load the network: " + e.getMessage(), e);
        }
    }

    /** Runs the network on one picture, {@code size * size * 3} values in a direct buffer, and tells all its outputs. */
    public void look(FloatBuffer picture, Listener listener) {
        long[] shape = {1, inputSize, inputSize, 3};
        try (OnnxTensor image = OnnxTensor.createTensor(environment, picture.duplicate(), shape);
                OrtSession.Result result = session.run(Map.of(input, image))) {
            for (Map.Entry<String, OnnxValue> output : result) {
                OnnxTensor tensor = (OnnxTensor) output.getValue();
                listener.tensor(output.getKey(), tensor.getInfo().getShape(), tensor.getFloatBuffer());
            }
        } catch (OrtException e) {
            throw new ModelPackageException("ONNX Runtime cannot run the network: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        OnnxNetwork.closed(session);
    }
}
