// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.tflite;

import dev.sortline.classifier.engine.LoadedNetwork;
import dev.sortline.classifier.model.Familiarity;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.classifier.runtime.TensorFlowLibrary;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.bytedeco.tensorflowlite.BuiltinOpResolverWithoutDefaultDelegates;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.jspecify.annotations.Nullable;

/**
 * A {@code .tflite} network with one input, float32 {@code [1, size, size, 3]}, and one output, float32 {@code [1, labels]}, in TensorFlow Lite; and
 * perhaps a second output, {@value Familiarity#OUTPUT}.
 *
 * <p>An interpreter runs once at a time, so there are as many as there were runs at the same time, all of one file in memory.
 */
final class TfliteNetwork implements LoadedNetwork {
    private final Path file;
    private final int inputSize;
    private final int threads;
    private final FlatBufferModel model;
    private final BuiltinOpResolverWithoutDefaultDelegates operators;
    private final boolean tellsFamiliarity;
    /** Those that do not run; the last to come back is the first to go. */
    private final Deque<TfliteRun> idle = new ConcurrentLinkedDeque<>();

    private TfliteNetwork(Path file, int inputSize, int threads, FlatBufferModel model) {
        this.file = file;
        this.inputSize = inputSize;
        this.threads = threads;
        this.model = model;
        this.operators = new BuiltinOpResolverWithoutDefaultDelegates();
        TfliteRun first = another();
        this.tellsFamiliarity = first.tellsFamiliarity();
        idle.add(first);
    }

    /**
     * Loads a network and holds its input and output against what is needed.
     *
     * @throws LinkageError if TensorFlow Lite is not there, or has nothing for this machine
     * @throws ModelPackageException if TensorFlow Lite cannot load the network, or it does not fit
     */
    static TfliteNetwork open(Path file, int inputSize, int threads) {
        return TensorFlowLibrary.quietly(() -> {
            @Nullable FlatBufferModel model = FlatBufferModel.VerifyAndBuildFromFile(file.toString());
            if (model == null || model.isNull()) {
                throw new ModelPackageException(
                        "%s is no network that TensorFlow Lite can load: it is none, or is cut off or damaged"
                                .formatted(file));
            }
            try {
                return new TfliteNetwork(file, inputSize, threads, model);
            } catch (RuntimeException | LinkageError e) {
                model.close();
                throw e;
            }
        });
    }

    private TfliteRun another() {
        return TfliteRun.of(file, model, operators, inputSize, threads);
    }

    @Override
    public boolean tellsFamiliarity() {
        return tellsFamiliarity;
    }

    @Override
    public float[][] scores(List<FloatBuffer> pictures) {
        @Nullable TfliteRun waiting = idle.pollLast();
        TfliteRun run = waiting == null ? another() : waiting;
        try {
            return run.scores(pictures);
        } finally {
            idle.addLast(run);
        }
    }

    @Override
    public void close() {
        for (TfliteRun run = idle.poll(); run != null; run = idle.poll()) {
            run.close();
        }
        operators.close();
        model.close();
    }
}
