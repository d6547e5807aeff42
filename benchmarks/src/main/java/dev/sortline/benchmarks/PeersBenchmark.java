// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks;

import dev.sortline.benchmarks.line.BenchFailure;
import dev.sortline.benchmarks.line.BenchLineFile;
import dev.sortline.benchmarks.line.LargePictures;
import dev.sortline.benchmarks.line.TestBench;
import dev.sortline.benchmarks.peers.OnnxConsumer;
import dev.sortline.benchmarks.peers.OnnxOpenCvConsumer;
import dev.sortline.benchmarks.peers.PeerSpeed;
import dev.sortline.benchmarks.peers.PlainConsumer;
import dev.sortline.benchmarks.peers.PythonConsumer;
import dev.sortline.benchmarks.peers.ServedNetworkConsumer;
import dev.sortline.benchmarks.report.PeersReport;
import dev.sortline.benchmarks.report.PeersReport.Contestant;
import dev.sortline.trainer.progress.ProgressListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What do others manage with the same frames of the same broker? */
public final class PeersBenchmark {
    private static final String SORTLINE = "sortline";
    private static final String PLAIN = "plain consumer";
    private static final String ONNX = "ONNX Runtime, ImageIO";
    private static final String ONNX_OPENCV = "ONNX Runtime, OpenCV";
    private static final String SERVED = "network behind a socket";
    private static final String PYTHON = "Python";
    private static final String OPENCV_CLASS = "/org/bytedeco/opencv/global/opencv_imgcodecs.class";
    private static final int MOST_TRIAL_FRAMES = 300;

    private final TestBench bench;
    private final BenchmarkSettings settings;
    private final @Nullable Path python;
    private final ProgressListener progress;
    private final List<String> lines;

    private PeersBenchmark(
            TestBench bench, BenchmarkSettings settings, @Nullable Path python, ProgressListener progress) {
        this.bench = bench;
        this.settings = settings;
        this.python = python;
        this.progress = progress;
        this.lines = BenchLineFile.evenly("line", settings.lines());
    }

    /**
     * Lets the line and its peers have their turns, with the pictures as they are and with large ones.
     *
     * @param bench with a topic of its own; used by this benchmark alone while it runs
     * @param python that has the libraries of the peer in Python, which is left out without it
     * @throws dev.sortline.benchmarks.line.BenchFailure when it cannot go on
     * @throws IOException if a process cannot be started or the disk fails
     */
    public static PeersReport run(
            TestBench bench, BenchmarkSettings settings, @Nullable Path python, ProgressListener progress)
            throws InterruptedException, IOException {
        if (PeersBenchmark.class.getResource(OPENCV_CLASS) == null) {
            throw new BenchFailure(
                    "the distribution comes without OpenCV: run 'sortline bench peers' from the sources");
        }
        var conditions = settings.conditions(bench);
        var benchmark = new PeersBenchmark(bench, settings, python, progress);
        Path asTheyAre = bench.frames();
        try {
            List<PeersReport.Size> sizes = new ArrayList<>();
            sizes.add(benchmark.size());
            Path large = bench.folder().resolve("large");
            LargePictures.write(asTheyAre, large);
            bench.show(large);
            sizes.add(benchmark.size());
            return new PeersReport(
                    conditions,
                    settings.lines(),
                    sizes,
                    python == null ? List.of(PYTHON + ": " + PythonConsumer.HOW_TO_GET) : List.of());
        } finally {
            bench.show(asTheyAre);
        }
    }

    /** One size of pictures, those that the bench shows. */
    private PeersReport.Size size() throws InterruptedException, IOException {
        String warmUp = String.valueOf(settings.warmUp());
        String total = String.valueOf(settings.warmUp() + settings.count());
        Map<String, PeerSpeed> last = new LinkedHashMap<>();
        List<Map<String, String>> inference = new ArrayList<>();
        var comparison = new InterleavedComparison()
                // It leaves the frames of this turn in the topic for the others.
                .add(SORTLINE, () -> {
                    var speed = ThroughputBenchmark.sustained(bench, settings, lines);
                    inference.add(speed.inference());
                    return speed.framesPerSecond();
                })
                .add(
                        PLAIN,
                        () -> kept(
                                last, PLAIN, bench.run(PlainConsumer.class, List.of(warmUp, total), PeerSpeed.class)))
                .add(
                        ONNX,
                        () -> kept(
                                last,
                                ONNX,
                                bench.run(
                                        OnnxConsumer.class,
                                        List.of(bench.frames().toString(), warmUp, warmUp, total),
                                        PeerSpeed.class)))
                .add(
                        ONNX_OPENCV,
                        () -> published(
                                last,
                                ONNX_OPENCV,
                                arguments -> bench.run(OnnxOpenCvConsumer.class, arguments, PeerSpeed.class)))
                .add(
                        SERVED,
                        () -> published(
                                last,
                                SERVED,
                                arguments -> bench.run(ServedNetworkConsumer.class, arguments, PeerSpeed.class)));
        List<String> publishing = new ArrayList<>(List.of(ONNX_OPENCV, SERVED));
        if (python != null) {
            List<String> command = PythonConsumer.command(python, bench.folder());
            comparison.add(
                    PYTHON,
                    () -> published(
                            last, PYTHON, arguments -> bench.run("python", command, arguments, PeerSpeed.class)));
            publishing.add(PYTHON);
        }
        var figures = run(comparison);
        List<Contestant> bestPeers = new ArrayList<>();
        for (String name : publishing) {
            bestPeers.add(contestant(name, last, figures));
        }
        return PeersReport.Size.of(
                bench.pictureSize(),
                bench.meanBytes(),
                line(inference.get(inference.size() - 1), last, figures),
                contestant(PLAIN, last, figures),
                contestant(ONNX, last, figures),
                bestPeers);
    }

    private InterleavedComparison.Figures run(InterleavedComparison comparison)
            throws InterruptedException, IOException {
        progress.begin("peers, " + bench.pictureSize(), (long) settings.turns() * comparison.size());
        try {
            return comparison.run(settings.turns(), progress);
        } finally {
            progress.end();
        }
    }

    /** Runs a peer that publishes: in the first turn it tries out how it is best, in the others it is as it was then. */
    private interface Publishing {
        PeerSpeed run(List<String> arguments) throws InterruptedException;
    }

    private double published(Map<String, PeerSpeed> last, String name, Publishing peer) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                bench.frames().toString(),
                String.valueOf(Math.min(MOST_TRIAL_FRAMES, settings.warmUp())),
                String.valueOf(settings.warmUp()),
                String.valueOf(settings.warmUp() + settings.count())));
        PeerSpeed before = last.get(name);
        if (before != null) {
            arguments.addAll(before.setup());
        }
        try (var answers = bench.readAnswers()) {
            PeerSpeed speed = peer.run(arguments);
            answers.await(speed.events());
            return kept(last, name, speed);
        }
    }

    private static double kept(Map<String, PeerSpeed> last, String name, PeerSpeed speed) {
        last.put(name, speed);
        return speed.framesPerSecond();
    }

    private static Contestant contestant(
            String name, Map<String, PeerSpeed> last, InterleavedComparison.Figures figures) {
        PeerSpeed speed = speed(name, last);
        return new Contestant(
                name,
                speed.engine(),
                speed.version(),
                speed.precision(),
                speed.decoder(),
                speed.workers(),
                speed.threadsARun(),
                speed.batch(),
                figures.of(name));
    }

    /** The line runs on the very libraries of two of its peers. */
    private static Contestant line(
            Map<String, String> inference, Map<String, PeerSpeed> last, InterleavedComparison.Figures figures) {
        PeerSpeed tensorFlow = speed(PLAIN, last);
        PeerSpeed onnxRuntime = speed(ONNX, last);
        PeerSpeed same = "onnxruntime".equals(inference.get("engine")) ? onnxRuntime : tensorFlow;
        return new Contestant(
                SORTLINE,
                same.engine(),
                same.version(),
                String.valueOf(inference.get("precision")),
                "TensorFlow " + tensorFlow.version(),
                number(inference, "runs"),
                number(inference, "threads"),
                number(inference, "batch"),
                figures.of(SORTLINE));
    }

    private static int number(Map<String, String> inference, String label) {
        return Integer.parseInt(String.valueOf(inference.get(label)));
    }

    private static PeerSpeed speed(String name, Map<String, PeerSpeed> last) {
        PeerSpeed speed = last.get(name);
        if (speed == null) {
            throw new IllegalStateException(name + " has had no turn");
        }
        return speed;
    }
}
