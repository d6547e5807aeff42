// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.classifier.engine.Engine;
import dev.sortline.classifier.engine.Precision;
import dev.sortline.classifier.runtime.Processor;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is tried, where, and in which order; the first stays unless another is clearly better. */
class CandidateTest {
    private static final Processor PLAIN_AVX2 = new Processor("AMD EPYC Milan", Set.of("sse2", "avx", "avx2"));
    private static final Processor VNNI = new Processor("AMD EPYC Genoa", Set.of("sse2", "avx2", "avx512_vnni"));

    @Test
    void exactOnesComeFirst() {
        // Then
        assertThat(Candidate.ALL)
                .extracting(Candidate::toString)
                .containsExactly(
                        "tensorflow float32",
                        "onnxruntime float32",
                        "tflite float32",
                        "tensorflow bfloat16",
                        "onnxruntime int8",
                        "tflite int8");
    }

    @Test
    void eightBitsNeedUnitsOfTheirOwnInOnnxRuntimeOnly() {
        // Given
        var byOnnxRuntime = new Candidate(Engine.ONNX_RUNTIME, Precision.INT8);
        var byTensorFlowLite = new Candidate(Engine.TENSORFLOW_LITE, Precision.INT8);

        // Then
        assertThat(byOnnxRuntime.lackOf(PLAIN_AVX2)).contains("the processor does not say that it has it");
        assertThat(byOnnxRuntime.lackOf(VNNI)).isEmpty();
        assertThat(byTensorFlowLite.lackOf(PLAIN_AVX2)).isEmpty();
        assertThat(byTensorFlowLite.lackOf(VNNI)).isEmpty();
    }
}
