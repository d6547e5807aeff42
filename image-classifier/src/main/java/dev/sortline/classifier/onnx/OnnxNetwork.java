// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.sortline.classifier.engine.LoadedNetwork;
import dev.sortline.classifier.model.Familiarity;
import dev.sortline.classifier.model.ModelPackageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * An ONNX network with one input, float32 {@code [-1, size, size, 3]}, and one output, float32 {@code [-1, labels]}, in ONNX Runtime; and perhaps
 * a second output, {@value Familiarity#OUTPUT}.
 */
final class OnnxNetwork implements LoadedNetwork {
    private final Path file;
    private final int inputSize;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String input;
    private final boolean tellsFamiliarity;
    /** Of each thread that runs the network, as large as the largest batch that it had. */
    private final ThreadLocal<FloatBuffer> stacks = ThreadLocal.withInitial(() -> direct(0));

    private OnnxNetwork(Path file, int inputSize, OrtEnvironment environment, OrtSession session) {
        this.file = file;
        this.inputSize = inputSize;
        this.environment = environment;
        this.session = session;
        this.input = session.getInputNames().iterator().next();
        this.tellsFamiliarity = session.getNumOutputs() > 1;
    }

    /**
     * Loads a network and holds its input and output against what is needed.
     *
     * @throws LinkageError if ONNX Runtime is not there, or has nothing for this machine
     * @throws ModelPackageException if ONNX Runtime cannot load the network, or it does not fit
     */
    static OnnxNetwork open(Path file, int inputSize, int threads) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        OrtSession session;
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            // A plan for each size of batch would be kept with its memory.
            options.setMemoryPatternOptimization(false);
            session = environment.createSession(file.toString(), options);
        } catch (OrtException e) {
            throw new ModelPackageException(
                    "%s is no network that ONNX Runtime can load: %s".formatted(file, firstLine(e)), e);
        }
        try {
            requireFitting(session, inputSize);
            return new OnnxNetwork(file, inputSize, environment, session);
        } catch (OrtException | IllegalArgumentException e) {
            closed(session);
            throw new ModelPackageException(
                    "%s cannot be run: %s; write it again with sortline model quantize".formatted(file, firstLine(e)),
                    e);
        }
    }

    private static void requireFitting(OrtSession session, int inputSize) throws OrtException {
        boolean alone = session.getNumOutputs() == 1;
        boolean familiar =
                session.getNumOutputs() == 2 && session.getOutputNames().contains(Familiarity.OUTPUT);
        if (session.getNumInputs() != 1 || !(alone || familiar)) {
            throw new IllegalArgumentException(
                    "it must have one input, one output, and %s at most besides".formatted(Familiarity.OUTPUT));
        }
        boolean taken = session.getInputInfo().values().iterator().next().getInfo() instanceof TensorInfo pictures
                && pictures.type == OnnxJavaType.FLOAT
                && Arrays.equals(pictures.getShape(), new long[] {-1, inputSize, inputSize, 3});
        boolean given = session.getOutputInfo().values().iterator().next().getInfo() instanceof TensorInfo scores
                && scores.type == OnnxJavaType.FLOAT
                && scores.getShape().length == 2;
        if (!taken || !given) {
            throw new IllegalArgumentException(
                    "it must take float32 of [-1, %1$d, %1$d, 3] and give [-1, labels]".formatted(inputSize));
        }
    }

    @Override
    public boolean tellsFamiliarity() {
        return tellsFamiliarity;
    }

    @Override
    public float[][] scores(List<FloatBuffer> pictures) {
        long[] shape = {pictures.size(), inputSize, inputSize, 3};
        try (OnnxTensor images = OnnxTensor.createTensor(environment, stacked(pictures), shape);
                OrtSession.Result result = session.run(Map.of(input, images))) {
            float[][] rows = (float[][]) result.get(0).getValue();
            if (rows.length != pictures.size()) {
                throw new ModelPackageException("%s answers %d rows for %d pictures: write it again"
                        .formatted(file, rows.length, pictures.size()));
            }
            return tellsFamiliarity
                    ? with(rows, (float[][])
                            result.get(Familiarity.OUTPUT).orElseThrow().getValue())
                    : rows;
        } catch (OrtException e) {
            throw new ModelPackageException("%s cannot be run: %s".formatted(file, firstLine(e)), e);
        }
    }

    /** Each row with what follows it. */
    private static float[][] with(float[][] rows, float[][] following) {
        for (int i = 0; i < rows.length; i++) {
            int labels = rows[i].length;
            rows[i] = Arrays.copyOf(rows[i], labels + 1);
            rows[i][labels] = following[i][0];
        }
        return rows;
    }

    /** One picture as it is, several one after the other: ONNX Runtime reads direct buffers where they are. */
    private FloatBuffer stacked(List<FloatBuffer> pictures) {
        if (pictures.size() == 1) {
            return pictures.get(0).duplicate();
        }
        int values = pictures.size() * 3 * inputSize * inputSize;
        FloatBuffer stack = stacks.get();
        if (stack.capacity() < values) {
            stack = direct(values);
            stacks.set(stack);
        }
        stack.clear();
        for (FloatBuffer picture : pictures) {
            stack.put(picture.duplicate());
        }
        return stack.flip();
    }

    private static FloatBuffer direct(int values) {
        return ByteBuffer.allocateDirect(values * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    @Override
    public void close() {
        closed(session);
    }

    static void closed(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a session that is not in use can be closed", e);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
