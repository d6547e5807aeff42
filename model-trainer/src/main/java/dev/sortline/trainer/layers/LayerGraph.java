// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.layers;

import com.google.protobuf.ByteString;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.runtime.TensorFlowLibrary;
import dev.sortline.trainer.network.NpyArray;
import dev.sortline.trainer.packages.NetworkFiles;
import dev.sortline.trainer.packages.SavedModelFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.op.nn.DepthwiseConv2dNative;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;

/**
 * A network of pictures as it is built, layer by layer: pictures float32 {@code [-1, size, size, 3]} in, rows of scores float32
 * {@code [-1, labels]} out. Batch normalisation, and whatever else scales and shifts channels, goes into the weights before it where that can
 * be done.
 *
 * <p>Weights of up to {@link NetworkFiles#MOST_CONSTANT_BYTES} become constants, larger ones variables. For one thread.
 *
 * <p>A layer that cannot stand where it is put is told by {@link ForeignNetworkException}, with its name.
 */
public final class LayerGraph implements AutoCloseable {
    private static final String SERVING_TAG = "serve";
    private static final String SIGNATURE = "serving_default";
    private static final String INPUT = "images";
    private static final String OUTPUT = "scores";
    private static final int CHANNELS = 3;

    private final Graph graph = new Graph();
    private final Ops root;
    private final Set<String> names = new HashSet<>(Set.of(INPUT, OUTPUT));
    private final Map<Variable<TFloat32>, NpyArray> weights = new LinkedHashMap<>();
    private final int inputSize;
    private final Operand<TFloat32> images;
    private final Signal input;

    private LayerGraph(PictureInput pictures) {
        this.inputSize = pictures.size();
        this.root = Ops.create(graph);
        this.images = root.withName(INPUT)
                .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, inputSize, inputSize, CHANNELS)));
        this.input = standardized(Signal.of(images), pictures);
    }

    private Signal standardized(Signal all, PictureInput pictures) {
        if (pictures.mean().isEmpty()) {
            return all;
        }
        float[] multiplier = new float[CHANNELS];
        float[] offset = new float[CHANNELS];
        for (int i = 0; i < CHANNELS; i++) {
            multiplier[i] = 1 / pictures.deviation().get(i);
            offset[i] = -pictures.mean().get(i) / pictures.deviation().get(i);
        }
        return scaled("standardization", all, multiplier, offset);
    }

    /**
     * Begins a network.
     *
     * @param declared the shape of the input that the file tells, channels last, -1 for what is open
     * @throws ForeignNetworkException if that does not fit
     */
    public static LayerGraph of(long[] declared, PictureInput pictures) {
        int inputSize = pictures.size();
        long[] needed = {-1, inputSize, inputSize, CHANNELS};
        boolean fits = declared.length == needed.length;
        for (int i = 1; fits && i < needed.length; i++) {
            fits = declared[i] == -1 || declared[i] == needed[i];
        }
        if (!fits) {
            throw new ForeignNetworkException("must have an input of %s, but has %s: %s"
                    .formatted(Arrays.toString(needed), Arrays.toString(declared), remedy(declared, inputSize)));
        }
        TensorFlowLibrary.require(0);
        return new LayerGraph(pictures);
    }

    private static String remedy(long[] declared, int inputSize) {
        if (declared.length != 4 || declared[3] != CHANNELS) {
            return "it must take RGB pictures";
        }
        if (declared[1] != declared[2]) {
            return "it must take square pictures";
        }
        return "the network's input size is %d, but %d was given".formatted(declared[1], inputSize);
    }

    /** The pictures, as the network wants them. */
    public Signal input() {
        return input;
    }

    /** Numbers that never change. */
    public Signal constant(String name, NpyArray values) {
        return Signal.of(weight(scope(name), values));
    }

    /** A convolution, {@code kernel} as {@code [rows, columns, inputs, outputs]}. */
    public Signal convolution(String name, Signal x, NpyArray kernel, Window window) {
        requireSizes(name, kernel, 4);
        requireInputs(name, x, 4, kernel.shape()[2]);
        return product(Product.of(name, Product.Kind.CONVOLUTION, x, kernel, window));
    }

    /** A convolution of each channel for itself, {@code kernel} as {@code [rows, columns, channels, times]}. */
    public Signal depthwise(String name, Signal x, NpyArray kernel, Window window) {
        requireSizes(name, kernel, 4);
        requireInputs(name, x, 4, kernel.shape()[2]);
        if (window.strideRows() != window.strideColumns()) {
            throw new ForeignNetworkException(
                    "has a depthwise convolution with two strides, which TensorFlow has not (%s)".formatted(name));
        }
        return product(Product.of(name, Product.Kind.DEPTHWISE, x, kernel, window));
    }

    /** A dense layer on rows, {@code kernel} as {@code [inputs, outputs]}. */
    public Signal dense(String name, Signal x, NpyArray kernel) {
        requireSizes(name, kernel, 2);
        requireInputs(name, x, 2, kernel.shape()[0]);
        return product(Product.of(name, Product.Kind.DENSE, x, kernel, Window.of(1, 1, false)));
    }

    /** Adds a number to each channel. */
    public Signal biased(String name, Signal x, float[] bias) {
        float[] ones = new float[bias.length];
        Arrays.fill(ones, 1);
        return scaled(name, x, ones, bias);
    }

    /**
     * Batch normalisation as it is after training: {@code (x - mean) / sqrt(variance + epsilon) * gamma + beta}, a number of each a channel
     * (Ioffe and Szegedy, "Batch Normalization", 2015).
     */
    public Signal normalized(
            String name, Signal x, float[] gamma, float[] beta, float[] mean, float[] variance, double epsilon) {
        if (gamma.length != mean.length || beta.length != mean.length || variance.length != mean.length) {
            throw new ForeignNetworkException("has a batch normalisation of several widths (%s)".formatted(name));
        }
        float[] multiplier = new float[mean.length];
        float[] offset = new float[mean.length];
        for (int i = 0; i < mean.length; i++) {
            double times = gamma[i] / Math.sqrt(variance[i] + epsilon);
            multiplier[i] = (float) times;
            offset[i] = (float) (beta[i] - mean[i] * times);
        }
        return scaled(name, x, multiplier, offset);
    }

    /** Multiplies each channel by a number and adds another. */
    public Signal scaled(String name, Signal x, float[] multiplier, float[] offset) {
        requireWidth(name, x.width(), multiplier.length);
        Product before = x.product();
        if (before != null) {
            return product(before.scaled(multiplier, offset));
        }
        return built(name, tf -> {
            Operand<TFloat32> times = tf.math.mul(x.operand(), weight(tf, NpyArray.of(multiplier, multiplier.length)));
            return tf.math.add(times, weight(tf, NpyArray.of(offset, offset.length)));
        });
    }

    public Signal activated(String name, Signal x, Activation activation) {
        return activation == Activation.LINEAR ? x : built(name, tf -> activation.of(tf, x.operand()));
    }

    /** Values below 0 times {@code slope}. */
    public Signal leaky(String name, Signal x, double slope) {
        return built(name, tf -> tf.nn.leakyRelu(x.operand(), LeakyRelu.alpha((float) slope)));
    }

    /** Values below 0 times a number a channel. */
    public Signal leaky(String name, Signal x, float[] slopes) {
        return built(
                name,
                tf -> tf.math.add(
                        tf.nn.relu(x.operand()),
                        tf.math.mul(
                                tf.math.minimum(x.operand(), tf.constant(0f)),
                                weight(tf, NpyArray.of(slopes, slopes.length)))));
    }

    /** Values cut off at both ends. */
    public Signal clipped(String name, Signal x, double least, double most) {
        if (least == 0 && most == 6) {
            return activated(name, x, Activation.RELU6);
        }
        if (least == 0 && most >= Float.MAX_VALUE) {
            return activated(name, x, Activation.RELU);
        }
        return built(
                name,
                tf -> tf.math.minimum(
                        tf.math.maximum(x.operand(), tf.constant((float) least)), tf.constant((float) most)));
    }

    /** {@code x * slope + shift}, cut off at 0 and 1. */
    public Signal ramp(String name, Signal x, double slope, double shift) {
        return built(
                name,
                tf -> tf.math.minimum(
                        tf.math.maximum(
                                tf.math.add(tf.math.mul(x.operand(), tf.constant((float) slope)), tf.constant((float)
                                        shift)),
                                tf.constant(0f)),
                        tf.constant(1f)));
    }

    public Signal combined(String name, Arithmetic how, Signal one, Signal other) {
        Operand<TFloat32> a = one.operand();
        Operand<TFloat32> b = other.operand();
        return built(name, tf -> switch (how) {
            case ADD -> tf.math.add(a, b);
            case SUBTRACT -> tf.math.sub(a, b);
            case MULTIPLY -> tf.math.mul(a, b);
            case DIVIDE -> tf.math.div(a, b);
            case MAXIMUM -> tf.math.maximum(a, b);
            case MINIMUM -> tf.math.minimum(a, b);
        });
    }

    /** Puts signals behind each other. */
    public Signal concatenated(String name, List<Signal> parts, int axis) {
        List<Operand<TFloat32>> operands = new ArrayList<>();
        parts.forEach(part -> operands.add(part.operand()));
        return built(name, tf -> tf.concat(operands, tf.constant(axis)));
    }

    public Signal maxPooled(String name, Signal x, long rows, long columns, Window window) {
        requireRank(name, x, 4);
        return built(
                name,
                tf -> tf.nn.maxPool(
                        x.operand(),
                        tf.constant(new int[] {1, Math.toIntExact(rows), Math.toIntExact(columns), 1}),
                        tf.constant(window.strides().stream()
                                .mapToInt(Math::toIntExact)
                                .toArray()),
                        window.padding()));
    }

    /** Means of what lies in the picture: zeros around it do not count. */
    public Signal averagePooled(String name, Signal x, long rows, long columns, Window window) {
        requireRank(name, x, 4);
        return built(
                name,
                tf -> tf.nn.avgPool(x.operand(), List.of(1L, rows, columns, 1L), window.strides(), window.padding()));
    }

    /** A channel's mean over rows and columns. */
    public Signal averaged(String name, Signal x, boolean keepAxes) {
        requireRank(name, x, 4);
        return built(name, tf -> tf.math.mean(x.operand(), tf.constant(new int[] {1, 2}), Mean.keepDims(keepAxes)));
    }

    /** A channel's largest over rows and columns. */
    public Signal largest(String name, Signal x, boolean keepAxes) {
        requireRank(name, x, 4);
        return built(
                name, tf -> tf.reduceMax(x.operand(), tf.constant(new int[] {1, 2}), ReduceMax.keepDims(keepAxes)));
    }

    /** Puts values around each picture. */
    public Signal padded(String name, Signal x, Margins margins, float value) {
        requireRank(name, x, 4);
        if (margins.isNone()) {
            return x;
        }
        int[] around = {
            0,
            0,
            Math.toIntExact(margins.top()),
            Math.toIntExact(margins.bottom()),
            Math.toIntExact(margins.left()),
            Math.toIntExact(margins.right()),
            0,
            0
        };
        return built(
                name,
                tf -> tf.pad(x.operand(), tf.constant(Shape.of(4, 2), DataBuffers.of(around)), tf.constant(value)));
    }

    /** Cuts off what lies at the edges of each picture. */
    public Signal cropped(String name, Signal x, Margins margins) {
        long[] shape = x.shape();
        requireRank(name, x, 4);
        long rows = shape[1] - margins.top() - margins.bottom();
        long columns = shape[2] - margins.left() - margins.right();
        return built(
                name,
                tf -> tf.slice(
                        x.operand(),
                        tf.constant(new long[] {0, margins.top(), margins.left(), 0}),
                        tf.constant(new long[] {-1, rows, columns, shape[3]})));
    }

    /** Other sizes behind the batch; one may be -1. */
    public Signal reshaped(String name, Signal x, long... sizes) {
        long[] all = LongStream.concat(LongStream.of(-1), LongStream.of(sizes)).toArray();
        long[] before = x.shape();
        for (int i = 1; i < all.length; i++) {
            if (all[i] == -1) {
                long known = LongStream.of(sizes).filter(size -> size != -1).reduce(1, Math::multiplyExact);
                all[i] = LongStream.of(before).skip(1).reduce(1, Math::multiplyExact) / known;
            }
        }
        return built(
                name,
                tf -> tf.reshape(
                        x.operand(),
                        tf.constant(
                                LongStream.of(all).mapToInt(Math::toIntExact).toArray())));
    }

    /** A row a picture, in the order in which TensorFlow holds it. */
    public Signal flattened(String name, Signal x) {
        return x.shape().length == 2 ? x : reshaped(name, x, -1);
    }

    /** A row a picture, channel after channel, as tools with channels first have it. */
    public Signal flattenedByChannels(String name, Signal x) {
        long[] shape = x.shape();
        if (shape.length != 4 || shape[1] * shape[2] == 1) {
            return flattened(name, x);
        }
        return flattened(
                name, built(name, tf -> tf.linalg.transpose(x.operand(), tf.constant(new int[] {0, 3, 1, 2}))));
    }

    /**
     * Writes the network as a SavedModel.
     *
     * @param folder is there and empty
     * @throws ForeignNetworkException if it does not end in rows
     * @throws IOException if the disk fails
     */
    public void write(Path folder, Signal scores) throws IOException {
        long[] shape = scores.shape();
        if (shape.length != 2 || shape[1] < 1) {
            throw new ForeignNetworkException(
                    "must end in a row of scores a picture, but ends in %s".formatted(Arrays.toString(shape)));
        }
        Operand<TFloat32> output = root.withName(OUTPUT).identity(scores.operand());
        long bytes = weights.values().stream()
                .mapToLong(array -> (long) array.values().length * Float.BYTES)
                .sum();
        if (bytes < NetworkFiles.MOST_CONSTANT_BYTES) {
            SignatureDef signature = SignatureDef.newBuilder()
                    .setMethodName("tensorflow/serving/predict")
                    .putInputs(INPUT, tensor(INPUT + ":0", -1, inputSize, inputSize, CHANNELS))
                    .putOutputs(OUTPUT, tensor(OUTPUT + ":0", -1, shape[1]))
                    .build();
            SavedModelFile.write(folder.resolve(ModelPackage.SAVED_MODEL_FILE), withConstants(), signature);
        } else {
            writeWithVariables(folder, output);
        }
    }

    @Override
    public void close() {
        graph.close();
    }

    private Signal product(Product product) {
        return Signal.of(
                product, () -> built(product.name(), tf -> made(tf, product)).operand());
    }

    private Operand<TFloat32> made(Ops tf, Product product) {
        Operand<TFloat32> x = product.x().operand();
        Operand<TFloat32> kernel = weight(tf, product.kernel());
        Window window = product.window();
        Operand<TFloat32> made =
                switch (product.kind()) {
                    case CONVOLUTION ->
                        tf.nn.conv2d(
                                x, kernel, window.strides(), window.padding(), Conv2d.dilations(window.dilations()));
                    case DEPTHWISE ->
                        tf.nn.depthwiseConv2dNative(
                                x,
                                kernel,
                                window.strides(),
                                window.padding(),
                                DepthwiseConv2dNative.dilations(window.dilations()));
                    case DENSE -> tf.linalg.matMul(x, kernel);
                };
        return product.bias().values().length == 0 ? made : tf.nn.biasAdd(made, weight(tf, product.bias()));
    }

    /** Puts a layer's operations into the graph; the inputs are there before, so that their names are not below its own. */
    private Signal built(String name, Layer layer) {
        try {
            return Signal.of(layer.in(scope(name)));
        } catch (TensorFlowException | IllegalArgumentException e) {
            throw new ForeignNetworkException(
                    "has a layer that does not fit what comes before it (%s): %s".formatted(name, firstLine(e)), e);
        }
    }

    @FunctionalInterface
    private interface Layer {
        Operand<TFloat32> in(Ops tf);
    }

    /** TensorFlow adds where in its sources it was. */
    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** A place for the operations of a layer, by a name that TensorFlow takes and that is new. */
    private Ops scope(String name) {
        String clean = name.replaceAll("[^A-Za-z0-9_.-]", "_").replaceAll("^[^A-Za-z0-9.]+", "");
        String unique = clean.isEmpty() ? "layer" : clean;
        for (int i = 1; !names.add(unique); i++) {
            unique = clean + "_" + i;
        }
        return root.withSubScope(unique);
    }

    private Operand<TFloat32> weight(Ops tf, NpyArray values) {
        Variable<TFloat32> variable = tf.variable(Shape.of(values.shape()), TFloat32.class);
        weights.put(variable, values);
        return variable;
    }

    private GraphDef withConstants() {
        Map<String, NpyArray> byName = new LinkedHashMap<>();
        weights.forEach((variable, values) -> byName.put(variable.op().name(), values));
        GraphDef.Builder constants = graph.toGraphDef().toBuilder();
        for (NodeDef.Builder node : constants.getNodeBuilderList()) {
            NpyArray values = byName.get(node.getName());
            if (values != null) {
                node.setOp("Const")
                        .clearAttr()
                        .putAttr(
                                "dtype",
                                AttrValue.newBuilder()
                                        .setType(DataType.DT_FLOAT)
                                        .build())
                        .putAttr(
                                "value",
                                AttrValue.newBuilder().setTensor(tensor(values)).build());
            }
        }
        return constants.build();
    }

    private void writeWithVariables(Path folder, Operand<TFloat32> output) throws IOException {
        List<TFloat32> tensors = new ArrayList<>();
        try (Session session = new Session(graph)) {
            Session.Runner runner = session.runner();
            weights.forEach((variable, values) -> {
                Shape shape = Shape.of(values.shape());
                Placeholder<TFloat32> fed = root.placeholder(TFloat32.class, Placeholder.shape(shape));
                TFloat32 tensor = TFloat32.tensorOf(shape, DataBuffers.of(values.values(), true, false));
                tensors.add(tensor);
                runner.feed(fed, tensor).addTarget(root.assign(variable, fed));
            });
            runner.run().close();
            SavedModelBundle.exporter(folder.toString())
                    .withTags(SERVING_TAG)
                    .withSession(session)
                    .withSignature(Signature.builder(SIGNATURE)
                            .input(INPUT, images)
                            .output(OUTPUT, output)
                            .build())
                    .export();
        } finally {
            tensors.forEach(TFloat32::close);
        }
    }

    private static void requireSizes(String name, NpyArray kernel, int sizes) {
        if (kernel.shape().length != sizes) {
            throw new ForeignNetworkException(
                    "has weights of another shape, %s (%s)".formatted(Arrays.toString(kernel.shape()), name));
        }
    }

    private static void requireInputs(String name, Signal x, int rank, long inputs) {
        requireRank(name, x, rank);
        requireWidth(name, x.width(), inputs);
    }

    private static void requireRank(String name, Signal x, int rank) {
        if (x.rank() != rank) {
            throw new ForeignNetworkException("has a layer for %s that is given %s (%s)"
                    .formatted(rank == 4 ? "pictures" : "rows", Arrays.toString(x.shape()), name));
        }
    }

    private static void requireWidth(String name, long given, long needed) {
        if (given != needed) {
            throw new ForeignNetworkException(
                    "has a layer with weights for %d channels that is given %d (%s)".formatted(needed, given, name));
        }
    }

    private static TensorProto tensor(NpyArray array) {
        ByteBuffer bytes =
                ByteBuffer.allocate(array.values().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(array.values());
        return TensorProto.newBuilder()
                .setDtype(DataType.DT_FLOAT)
                .setTensorShape(shape(array.shape()))
                .setTensorContent(ByteString.copyFrom(bytes))
                .build();
    }

    private static TensorInfo tensor(String name, long... sizes) {
        return TensorInfo.newBuilder()
                .setName(name)
                .setDtype(DataType.DT_FLOAT)
                .setTensorShape(shape(sizes))
                .build();
    }

    private static TensorShapeProto shape(long... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long size : sizes) {
            shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
        }
        return shape.build();
    }
}
