// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.tensorflow;

import dev.sortline.classifier.engine.LoadedNetwork;
import dev.sortline.classifier.engine.Precision;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.classifier.runtime.TensorFlowLibrary;
import dev.sortline.classifier.runtime.TensorMemory;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;

/**
 * A SavedModel in memory whose signature {@code serving_default} fits: one float32 input {@code [-1, size, size, 3]}, one float32 output
 * {@code [-1, scores]}, and perhaps one that tells how familiar each picture is.
 */
public final class SavedNetwork implements LoadedNetwork {
    private static final String SERVING_TAG = "serve";
    /** Handing operations from thread to thread costs more than it gains where whole runs are what goes on at the same time. */
    private static final RunOptions ON_CALLING_THREAD =
            RunOptions.newBuilder().setInterOpThreadPool(-1).build();

    private final Path file;
    private final int inputSize;
    private final SavedModelBundle bundle;
    private final Session session;
    private final NetworkSignature signature;

    private SavedNetwork(Path file, int inputSize, SavedModelBundle bundle, NetworkSignature signature) {
        this.file = file;
        this.inputSize = inputSize;
        this.bundle = bundle;
        this.session = bundle.session();
        this.signature = signature;
    }

    /**
     * Loads a SavedModel and holds its signature against what is needed.
     *
     * @param folder holds {@code saved_model.pb}, and {@code variables/} where the graph has some
     * @param inputSize width and height of the pictures in pixels
     * @throws ModelPackageException if TensorFlow cannot load it or its signature does not fit; says what it has and what is needed
     */
    public static SavedNetwork open(Path folder, int inputSize) {
        return open(folder, inputSize, Precision.FLOAT32, 0);
    }

    /**
     * As {@link #open(Path, int)}.
     *
     * @param threads that share one run, where no session of this process has decided that before; 0 for all processors
     */
    public static SavedNetwork open(Path folder, int inputSize, Precision precision, int threads) {
        Path file = folder.resolve(ModelPackage.SAVED_MODEL_FILE);
        TensorFlowLibrary.require(threads);
        SavedModelBundle bundle;
        try {
            bundle = SavedModelBundle.loader(folder.toString())
                    .withTags(SERVING_TAG)
                    .withConfigProto(ConfigProto.newBuilder()
                            .setIntraOpParallelismThreads(threads)
                            .setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(rewriting(precision)))
                            .build())
                    .load();
        } catch (TensorFlowException | IllegalArgumentException e) {
            throw new ModelPackageException(
                    "%s is no SavedModel that TensorFlow can load: %s".formatted(file, firstLine(e)), e);
        }
        try {
            return new SavedNetwork(file, inputSize, bundle, NetworkSignature.of(bundle.metaGraphDef(), inputSize));
        } catch (IllegalArgumentException e) {
            bundle.close();
            throw new ModelPackageException(file + " " + e.getMessage(), e);
        }
    }

    private static RewriterConfig rewriting(Precision precision) {
        return RewriterConfig.newBuilder()
                .setAutoMixedPrecisionOnednnBfloat16(
                        precision == Precision.BFLOAT16 ? RewriterConfig.Toggle.ON : RewriterConfig.Toggle.OFF)
                .build();
    }

    /** The signature with names, types and shapes, such as {@code serving_default: images float32 of [-1, 224, 224, 3] to …}. */
    public String signature() {
        return signature.description();
    }

    /**
     * Runs the network once.
     *
     * @param pixels of any number of pictures, one after the other: rows first, RGB, in the range that the network was trained on
     * @return a row of scores a picture, all of the same length
     * @throws ModelPackageException if the network fails on them, or answers with anything but a row of scores a picture
     */
    public float[][] scores(float[] pixels) {
        long picture = 3L * inputSize * inputSize;
        Shape shape = Shape.of(pixels.length / picture, inputSize, inputSize, 3);
        try (TFloat32 tensor = TFloat32.tensorOf(shape, DataBuffers.of(pixels, true, false))) {
            return scores(tensor);
        }
    }

    @Override
    public boolean tellsFamiliarity() {
        return signature.familiarity().isPresent();
    }

    @Override
    public float[][] scores(List<FloatBuffer> pictures) {
        try (TFloat32 tensor = TFloat32.tensorOf(Shape.of(pictures.size(), inputSize, inputSize, 3))) {
            FloatBuffer all = TensorMemory.of(tensor);
            pictures.forEach(picture -> all.put(picture.duplicate()));
            return scores(tensor);
        }
    }

    private float[][] scores(TFloat32 pixels) {
        Session.Runner runner = session.runner()
                .setOptions(ON_CALLING_THREAD)
                .feed(signature.input(), pixels)
                .fetch(signature.output());
        signature.familiarity().ifPresent(runner::fetch);
        try (Result result = runner.run()) {
            int pictures = Math.toIntExact(pixels.shape().get(0));
            float[] scores = rows((TFloat32) result.get(0), pictures, "labels");
            if (!tellsFamiliarity()) {
                return split(scores, new float[0], pictures);
            }
            return split(scores, rows((TFloat32) result.get(1), pictures, "1"), pictures);
        } catch (TensorFlowException | IllegalArgumentException | UnsupportedOperationException e) {
            throw new ModelPackageException("%s cannot be run: %s".formatted(file, firstLine(e)), e);
        }
    }

    /** All values of a tensor that must have a row a picture. */
    private float[] rows(TFloat32 tensor, int pictures, String width) {
        Shape shape = tensor.shape();
        if (shape.numDimensions() != 2 || shape.get(0) != pictures) {
            throw new ModelPackageException(
                    "%s answers %s for %d pictures, where [%d, %s] is needed: end the network in a row of scores a picture"
                            .formatted(file, shape, pictures, pictures, width));
        }
        float[] all = new float[Math.toIntExact(shape.size())];
        tensor.asRawTensor().data().asFloats().read(all);
        return all;
    }

    /** A row a picture, of the first values and after them of the others. */
    private static float[][] split(float[] first, float[] others, int pictures) {
        int labels = first.length / pictures;
        int more = others.length / pictures;
        float[][] rows = new float[pictures][labels + more];
        for (int i = 0; i < pictures; i++) {
            System.arraycopy(first, i * labels, rows[i], 0, labels);
            System.arraycopy(others, i * more, rows[i], labels, more);
        }
        return rows;
    }

    @Override
    public void close() {
        bundle.close();
    }

    /** TensorFlow adds where in the graph and in its sources it was. */
    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
