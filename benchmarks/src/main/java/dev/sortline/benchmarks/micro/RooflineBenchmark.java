// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.micro;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * The two bounds of the roofline that a network runs under, one thread each: how much an engine multiplies and adds at most, by a product of two
 * matrices that is large and regular, and how much memory brings. Of products it gives millions of operations a millisecond, that is thousands of
 * millions a second, a multiplication and an addition being two; of memory thousands of bytes a millisecond, that is MB a second, reading and
 * writing counted as one.
 *
 * <p>As many threads as JMH is given ({@code -t 2}) run at the same time. TensorFlow's sessions of a process share one pool, here of one thread: its
 * figures are those of one thread whatever is given.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RooflineBenchmark {
    private static final int SIZE = 1024;
    private static final int MILLIONS_OF_OPERATIONS = (int) (2L * SIZE * SIZE * SIZE / 1_000_000);

    /** More than the caches of a processor hold. */
    private static final int COPIED_BYTES = 256 << 20;

    private static final String RESULT = "product";

    private final ByteBuffer from = ByteBuffer.allocateDirect(COPIED_BYTES);
    private final ByteBuffer to = ByteBuffer.allocateDirect(COPIED_BYTES);

    @SuppressWarnings("NullAway.Init") // by open, which JMH calls before the first run
    private Multiplication float32InOnnxRuntime;

    @SuppressWarnings("NullAway.Init")
    private Multiplication int8InOnnxRuntime;

    @SuppressWarnings("NullAway.Init")
    private Multiplication float32InTensorFlow;

    @SuppressWarnings("NullAway.Init")
    private Multiplication bfloat16InTensorFlow;

    /** A product that is set up, of which all but the result lies ready. */
    private interface Multiplication extends AutoCloseable {
        Object run() throws OrtException;

        @Override
        void close() throws OrtException;
    }

    @Setup(Level.Trial)
    public void open() throws OrtException {
        float32InOnnxRuntime = new OnnxProduct("MatMul", TensorProto.DataType.FLOAT, TensorProto.DataType.FLOAT);
        int8InOnnxRuntime = new OnnxProduct("MatMulInteger", TensorProto.DataType.INT8, TensorProto.DataType.INT32);
        float32InTensorFlow = new TensorFlowProduct(TFloat32.class);
        bfloat16InTensorFlow = new TensorFlowProduct(TBfloat16.class);
    }

    @TearDown(Level.Trial)
    public void close() throws OrtException {
        float32InOnnxRuntime.close();
        int8InOnnxRuntime.close();
        float32InTensorFlow.close();
        bfloat16InTensorFlow.close();
    }

    @Benchmark
    @OperationsPerInvocation(MILLIONS_OF_OPERATIONS)
    public Object onnxRuntimeFloat32() throws OrtException {
        return float32InOnnxRuntime.run();
    }

    @Benchmark
    @OperationsPerInvocation(MILLIONS_OF_OPERATIONS)
    public Object onnxRuntimeInt8() throws OrtException {
        return int8InOnnxRuntime.run();
    }

    @Benchmark
    @OperationsPerInvocation(MILLIONS_OF_OPERATIONS)
    public Object tensorFlowFloat32() throws OrtException {
        return float32InTensorFlow.run();
    }

    @Benchmark
    @OperationsPerInvocation(MILLIONS_OF_OPERATIONS)
    public Object tensorFlowBfloat16() throws OrtException {
        return bfloat16InTensorFlow.run();
    }

    @Benchmark
    @OperationsPerInvocation(COPIED_BYTES / 1000)
    public ByteBuffer copy() {
        return to.duplicate().put(from.duplicate());
    }

    private static byte[] values(int bytes) {
        byte[] values = new byte[bytes];
        new Random(1).nextBytes(values);
        return values;
    }

    /** In ONNX Runtime: a picture's side is a tensor, the weights' a constant, as in a network. */
    private static final class OnnxProduct implements Multiplication {
        private final OrtSession session;
        private final OnnxTensor left;

        OnnxProduct(String operator, TensorProto.DataType elements, TensorProto.DataType sums) throws OrtException {
            boolean whole = elements == TensorProto.DataType.INT8;
            var environment = OrtEnvironment.getEnvironment();
            try (var options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(1);
                options.setInterOpNumThreads(1);
                session = environment.createSession(
                        model(operator, elements, sums).toByteArray(), options);
            }
            int bytes = SIZE * SIZE * (whole ? 1 : Float.BYTES);
            var buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
            long[] shape = {SIZE, SIZE};
            left = whole
                    ? OnnxTensor.createTensor(
                            environment, buffer.put(values(bytes)).flip(), shape, OnnxJavaType.UINT8)
                    : OnnxTensor.createTensor(environment, buffer.asFloatBuffer(), shape);
        }

        @Override
        public Object run() throws OrtException {
            try (var result = session.run(Map.of("left", left))) {
                return result.size();
            }
        }

        @Override
        public void close() throws OrtException {
            left.close();
            session.close();
        }

        private static ModelProto model(String operator, TensorProto.DataType elements, TensorProto.DataType sums) {
            boolean whole = elements == TensorProto.DataType.INT8;
            var leftElements = whole ? TensorProto.DataType.UINT8 : elements;
            var graph = GraphProto.newBuilder()
                    .setName(RESULT)
                    .addInput(matrix("left", leftElements))
                    .addOutput(matrix(RESULT, sums))
                    .addInitializer(TensorProto.newBuilder()
                            .setName("right")
                            .setDataType(elements.getNumber())
                            .addAllDims(List.of((long) SIZE, (long) SIZE))
                            .setRawData(ByteString.copyFrom(
                                    whole ? values(SIZE * SIZE) : new byte[SIZE * SIZE * Float.BYTES])))
                    .addNode(NodeProto.newBuilder()
                            .setOpType(operator)
                            .addInput("left")
                            .addInput("right")
                            .addOutput(RESULT));
            return ModelProto.newBuilder()
                    .setIrVersion(8)
                    .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                    .setGraph(graph)
                    .build();
        }

        private static ValueInfoProto matrix(String name, TensorProto.DataType elements) {
            var dimension = TensorShapeProto.Dimension.newBuilder().setDimValue(SIZE);
            return ValueInfoProto.newBuilder()
                    .setName(name)
                    .setType(TypeProto.newBuilder()
                            .setTensorType(TypeProto.Tensor.newBuilder()
                                    .setElemType(elements.getNumber())
                                    .setShape(TensorShapeProto.newBuilder()
                                            .addDim(dimension)
                                            .addDim(dimension))))
                    .build();
        }
    }

    /** In TensorFlow, which would fold a product of two constants: the left one is a variable of the graph, fed each time. */
    private static final class TensorFlowProduct implements Multiplication {
        private final Graph graph = new Graph();
        private final Session session;
        private final Tensor left;

        TensorFlowProduct(Class<? extends TNumber> elements) {
            left = Tensor.of(elements, Shape.of(SIZE, SIZE));
            add(Ops.create(graph), elements);
            session = new Session(
                    graph,
                    ConfigProto.newBuilder()
                            .setIntraOpParallelismThreads(1)
                            .setInterOpParallelismThreads(1)
                            .build());
        }

        private static <T extends TNumber> void add(Ops tf, Class<T> elements) {
            var fed = tf.withName("left").placeholder(elements);
            var constant = tf.dtypes.cast(tf.constant(new float[SIZE][SIZE]), elements);
            var unused = tf.withName(RESULT).linalg.matMul(fed, constant);
        }

        @Override
        public Object run() {
            try (var result =
                    session.runner().feed("left", left).addTarget(RESULT).run()) {
                return result.size();
            }
        }

        @Override
        public void close() {
            session.close();
            graph.close();
            left.close();
        }
    }
}
