// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.LongStream;

/**
 * The weights of a product in eight bits, with a scale an output, the same above and below 0.
 *
 * @param steps -127..127, in the weights' own order
 * @param scales of a step, by output, above 0
 */
@SuppressWarnings("ArrayRecordComponent") // numbers on their way into a file, compared by nobody
record RoundedWeights(byte[] steps, float[] scales) {
    private static final int MOST = 127;

    /**
     * Rounds by the largest weight of each output.
     *
     * @param axis along which the outputs stand
     * @param leastScales by output, above 0: that of an output whose weights are smaller, which round to 0
     */
    static RoundedWeights of(TensorProto weights, int axis, float[] leastScales) {
        float[] values = floats(weights);
        int outputs = Math.toIntExact(weights.getDims(axis));
        int inner = inner(weights, axis);
        float[] scales = leastScales.clone();
        for (int i = 0; i < values.length; i++) {
            int output = i / inner % outputs;
            scales[output] = Math.max(scales[output], Math.abs(values[i]) / MOST);
        }
        byte[] steps = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            steps[i] = (byte) Math.round(values[i] / scales[i / inner % outputs]);
        }
        return new RoundedWeights(steps, scales);
    }

    /**
     * What rounding takes from each output on average, for inputs as they are on average: to be added to the bias (Nagel et al., "Data-Free
     * Quantization Through Weight Equalization and Bias Correction", 2019).
     *
     * @param weights that were rounded
     * @param axis along which the outputs stand; the inputs stand along the other of the first two
     * @param inputs their means; where they are more than the axis is long, each output has the input of its own number
     */
    float[] lost(TensorProto weights, int axis, ActivationStatistics inputs) {
        float[] values = floats(weights);
        int other = 1 - axis;
        int outputs = scales.length;
        int others = Math.toIntExact(weights.getDims(other));
        boolean ownInput = others != inputs.channels();
        float[] lost = new float[outputs];
        for (int i = 0; i < values.length; i++) {
            int output = i / inner(weights, axis) % outputs;
            int input = ownInput ? output : i / inner(weights, other) % others;
            lost[output] += (float) ((values[i] - steps[i] * scales[output]) * inputs.mean(input));
        }
        return lost;
    }

    static float[] floats(TensorProto tensor) {
        ByteBuffer bytes = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    private static int inner(TensorProto tensor, int axis) {
        return Math.toIntExact(LongStream.range(axis + 1, tensor.getDimsCount())
                .map(i -> tensor.getDims((int) i))
                .reduce(1, (a, b) -> a * b));
    }
}
