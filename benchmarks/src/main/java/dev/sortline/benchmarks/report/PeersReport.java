// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.report;

import java.util.List;
import java.util.Locale;

/**
 * What others manage with the same frames of the same broker.
 *
 * @param conditions under which
 * @param fromLines lines that the frames came from
 * @param sortline sustained frames a second of the line
 * @param plainConsumer frames a second of a consumer that reads with ImageIO and runs TensorFlow in float32, one frame a call
 * @param onnxRuntime frames a second of a consumer that reads with ImageIO and runs ONNX Runtime in float32, as it is best
 * @param onnxWorkers its threads that read pictures and call the network
 * @param onnxThreadsARun its threads that share one run of the network
 * @param onnxBatch its pictures a run
 * @param ratioToPlainConsumer the line's in parts of the plain consumer's
 * @param ratioToOnnxRuntime the line's in parts of that with ONNX Runtime
 */
public record PeersReport(
        Conditions conditions,
        int fromLines,
        MedianOfTurns sortline,
        MedianOfTurns plainConsumer,
        MedianOfTurns onnxRuntime,
        int onnxWorkers,
        int onnxThreadsARun,
        int onnxBatch,
        double ratioToPlainConsumer,
        double ratioToOnnxRuntime)
        implements BenchmarkReport {

    @Override
    public List<String> lines() {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "sortline             %8.1f frames a second from %d lines",
                        sortline.median(),
                        fromLines),
                String.format(
                        Locale.ROOT,
                        "plain consumer       %8.1f frames a second, ImageIO and TensorFlow float32, one a call",
                        plainConsumer.median()),
                String.format(
                        Locale.ROOT,
                        "ONNX Runtime         %8.1f frames a second, ImageIO, float32, %d workers, %d threads a run, %d a run",
                        onnxRuntime.median(),
                        onnxWorkers,
                        onnxThreadsARun,
                        onnxBatch),
                String.format(Locale.ROOT, "ratioToPlainConsumer %8.2f", ratioToPlainConsumer),
                String.format(Locale.ROOT, "ratioToOnnxRuntime   %8.2f", ratioToOnnxRuntime));
    }
}
