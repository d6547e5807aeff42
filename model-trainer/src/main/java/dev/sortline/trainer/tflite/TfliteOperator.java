// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.tflite;

import java.util.Arrays;
import java.util.Optional;

/** The operations that are read or written here, with their numbers in the schema of TensorFlow Lite ({@code BuiltinOperator}). */
public enum TfliteOperator {
    ADD(0),
    AVERAGE_POOL_2D(1),
    CONCATENATION(2),
    CONV_2D(3),
    DEPTHWISE_CONV_2D(4),
    DEQUANTIZE(6),
    FULLY_CONNECTED(9),
    LOGISTIC(14),
    MAX_POOL_2D(17),
    MUL(18),
    RELU(19),
    RELU_N1_TO_1(20),
    RELU6(21),
    RESHAPE(22),
    SOFTMAX(25),
    TANH(28),
    PAD(34),
    TRANSPOSE(39),
    MEAN(40),
    SUB(41),
    DIV(42),
    SQUEEZE(43),
    STRIDED_SLICE(45),
    EXP(47),
    LOG_SOFTMAX(50),
    PRELU(54),
    MAXIMUM(55),
    MINIMUM(57),
    PADV2(60),
    EXPAND_DIMS(70),
    SUM(74),
    SQRT(75),
    REDUCE_MAX(82),
    LEAKY_RELU(98),
    ELU(111),
    QUANTIZE(114),
    HARD_SWISH(117),
    GELU(150),
    RELU_0_TO_1(152);

    private final int number;

    TfliteOperator(int number) {
        this.number = number;
    }

    /** Of the schema. */
    public int number() {
        return number;
    }

    static Optional<TfliteOperator> of(int number) {
        return Arrays.stream(values()).filter(one -> one.number == number).findFirst();
    }
}
