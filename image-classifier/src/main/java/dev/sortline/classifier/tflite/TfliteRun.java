// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.tflite;

import dev.sortline.classifier.model.Familiarity;
import dev.sortline.classifier.model.ModelPackageException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;
import org.bytedeco.tensorflowlite.OpResolver;
import org.bytedeco.tensorflowlite.TfLiteTensor;
import org.bytedeco.tensorflowlite.global.tensorflowlite;

/** An interpreter of a network, ready for one picture after the other. Runs once at a time. */
final class TfliteRun implements AutoCloseable {
    private static final int CHANNELS = 3;

    private final Path file;
    private final Xnnpack xnnpack;
    private final Interpreter interpreter;
    private final FloatBuffer input;
    private final FloatBuffer scores;
    /** Empty where that is not told. */
    private final FloatBuffer familiarity;

    private TfliteRun(Path file, int inputSize, Xnnpack xnnpack, Interpreter interpreter) {
        this.file = file;
        this.xnnpack = xnnpack;
        this.interpreter = interpreter;
        boolean tellsFamiliarity = interpreter.outputs().limit() > 1;
        int first = tellsFamiliarity && isFamiliarity(interpreter, 0) ? 1 : 0;
        this.input = interpreter
                .typed_input_tensor_float(0)
                .capacity((long) CHANNELS * inputSize * inputSize)
                .asBuffer();
        this.scores = output(first);
        this.familiarity = tellsFamiliarity ? output(1 - first) : FloatBuffer.allocate(0);
    }

    private FloatBuffer output(int index) {
        return interpreter
                .typed_output_tensor_float(index)
                .capacity(interpreter.output_tensor(index).dims().data(1))
                .asBuffer();
    }

    /**
     * Makes an interpreter ready.
     *
     * @param threads that share one run
     * @throws LinkageError if XNNPACK is not there
     * @throws ModelPackageException if the network has what TensorFlow Lite does not know, or does not fit
     */
    static TfliteRun of(Path file, FlatBufferModel model, OpResolver operators, int inputSize, int threads) {
        Xnnpack xnnpack = Xnnpack.of(threads);
        Interpreter interpreter = new Interpreter((Pointer) null);
        try {
            try (InterpreterBuilder builder = new InterpreterBuilder(model, operators)) {
                builder.AddDelegate(xnnpack.delegate());
                if (builder.SetNumThreads(threads) != tensorflowlite.kTfLiteOk
                        || builder.apply(interpreter) != tensorflowlite.kTfLiteOk
                        || interpreter.AllocateTensors() != tensorflowlite.kTfLiteOk) {
                    throw new ModelPackageException(
                            "%s is no network that TensorFlow Lite can load: it has what that does not know"
                                    .formatted(file));
                }
            }
            requireFitting(file, interpreter, inputSize);
            return new TfliteRun(file, inputSize, xnnpack, interpreter);
        } catch (RuntimeException e) {
            interpreter.close();
            xnnpack.close();
            throw e;
        }
    }

    private static void requireFitting(Path file, Interpreter interpreter, int inputSize) {
        long outputs = interpreter.outputs().limit();
        boolean alone = outputs == 1;
        boolean familiar = outputs == 2 && isFamiliarity(interpreter, 0) != isFamiliarity(interpreter, 1);
        if (interpreter.inputs().limit() != 1 || !(alone || familiar)) {
            throw unfitting(
                    file, "it must have one input, one output, and %s at most besides".formatted(Familiarity.OUTPUT));
        }
        TfLiteTensor pictures = interpreter.input_tensor(0);
        boolean taken = isFloats(pictures, 4)
                && pictures.dims().data(0) == 1
                && pictures.dims().data(1) == inputSize
                && pictures.dims().data(2) == inputSize
                && pictures.dims().data(3) == CHANNELS;
        boolean given = true;
        for (int i = 0; i < outputs; i++) {
            given &= isFloats(interpreter.output_tensor(i), 2)
                    && interpreter.output_tensor(i).dims().data(0) == 1;
        }
        if (!taken || !given) {
            throw unfitting(
                    file, "it must take float32 of [1, %1$d, %1$d, 3] and give [1, labels]".formatted(inputSize));
        }
    }

    private static ModelPackageException unfitting(Path file, String why) {
        return new ModelPackageException(
                "%s cannot be run: %s; write it again with sortline model quantize".formatted(file, why));
    }

    private static boolean isFamiliarity(Interpreter interpreter, int output) {
        return Familiarity.OUTPUT.equals(
                interpreter.output_tensor(output).name().getString());
    }

    private static boolean isFloats(TfLiteTensor tensor, int axes) {
        return tensor.type() == tensorflowlite.kTfLiteFloat32 && tensor.dims().size() == axes;
    }

    boolean tellsFamiliarity() {
        return familiarity.capacity() > 0;
    }

    /**
     * Runs the network on one picture after the other, on the calling thread: several at once are no faster, and getting ready for another number
     * of them takes as long as a picture.
     *
     * @param pictures as {@link dev.sortline.classifier.engine.LoadedNetwork} has them
     * @return a row a picture: scores, and familiarity after them where that is told
     */
    float[][] scores(List<FloatBuffer> pictures) {
        float[][] rows = new float[pictures.size()][scores.capacity() + familiarity.capacity()];
        for (int i = 0; i < rows.length; i++) {
            input.clear().put(pictures.get(i).duplicate());
            if (interpreter.Invoke() != tensorflowlite.kTfLiteOk) {
                throw new ModelPackageException("%s cannot be run by TensorFlow Lite".formatted(file));
            }
            scores.clear().get(rows[i], 0, scores.capacity());
            familiarity.clear().get(rows[i], scores.capacity(), familiarity.capacity());
        }
        return rows;
    }

    @Override
    public void close() {
        interpreter.close();
        xnnpack.close();
    }
}
