// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks;

import dev.sortline.benchmarks.line.BenchFailure;
import dev.sortline.benchmarks.line.BenchLineFile;
import dev.sortline.benchmarks.line.TestBench;
import dev.sortline.benchmarks.peers.OnnxConsumer;
import dev.sortline.benchmarks.peers.PlainConsumer;
import dev.sortline.benchmarks.report.PeersReport;
import dev.sortline.trainer.progress.ProgressListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What do others manage with the same frames of the same broker? */
public final class PeersBenchmark {
    private static final String SORTLINE = "sortline";
    private static final String PLAIN = "plain consumer";
    private static final String ONNX = "ONNX Runtime";
    private static final String ONNX_CLASS = "/ai/onnxruntime/OrtEnvironment.class";

    private PeersBenchmark() {}

    /**
     * Lets the line, the plain consumer and the one with ONNX Runtime have their turns.
     *
     * @param bench with a topic of its own; used by this benchmark alone while it runs
     * @throws dev.sortline.benchmarks.line.BenchFailure when it cannot go on
     * @throws IOException if a process cannot be started or the disk fails
     */
    public static PeersReport run(TestBench bench, BenchmarkSettings settings, ProgressListener progress)
            throws InterruptedException, IOException {
        if (PeersBenchmark.class.getResource(ONNX_CLASS) == null) {
            throw new BenchFailure(
                    "the distribution comes without ONNX Runtime: run 'sortline bench peers' from the sources");
        }
        List<String> lines = BenchLineFile.evenly("line", settings.lines());
        String warmUp = String.valueOf(settings.warmUp());
        String total = String.valueOf(settings.warmUp() + settings.count());
        List<OnnxConsumer.Speed> onnx = new ArrayList<>();
        try {
            var comparison = new InterleavedComparison()
                    // It leaves the frames of this turn in the topic for the others.
                    .add(SORTLINE, () -> ThroughputBenchmark.sustained(bench, settings, lines))
                    .add(PLAIN, () -> bench.run(PlainConsumer.class, List.of(warmUp, total), PlainConsumer.Speed.class)
                            .framesPerSecond())
                    .add(ONNX, () -> {
                        onnx.add(bench.run(
                                OnnxConsumer.class,
                                List.of(bench.frames().toString(), warmUp, warmUp, total),
                                OnnxConsumer.Speed.class));
                        return onnx.get(onnx.size() - 1).framesPerSecond();
                    });
            progress.begin("peers", (long) settings.turns() * comparison.size());
            var figures = comparison.run(settings.turns(), progress);
            var last = onnx.get(onnx.size() - 1);
            return new PeersReport(
                    settings.conditions(bench),
                    lines.size(),
                    figures.of(SORTLINE),
                    figures.of(PLAIN),
                    figures.of(ONNX),
                    last.workers(),
                    last.threadsARun(),
                    last.batch(),
                    figures.of(SORTLINE).ratioTo(figures.of(PLAIN)),
                    figures.of(SORTLINE).ratioTo(figures.of(ONNX)));
        } finally {
            progress.end();
        }
    }
}
