// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.benchmarks.BenchmarkSettings;
import dev.sortline.benchmarks.CamerasBenchmark;
import dev.sortline.benchmarks.ConsoleBenchmark;
import dev.sortline.benchmarks.LatencyBenchmark;
import dev.sortline.benchmarks.OverloadBenchmark;
import dev.sortline.benchmarks.PeersBenchmark;
import dev.sortline.benchmarks.ScaleBenchmark;
import dev.sortline.benchmarks.ThroughputBenchmark;
import dev.sortline.benchmarks.line.BenchFailure;
import dev.sortline.benchmarks.line.TestBench;
import dev.sortline.benchmarks.report.BenchmarkReport;
import dev.sortline.benchmarks.report.Plots;
import dev.sortline.camera.replay.ImageFolderException;
import dev.sortline.classifier.engine.Engine;
import dev.sortline.classifier.engine.Precision;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.loopback.ProcessFailure;
import dev.sortline.process.CommandFailure;
import dev.sortline.trainer.progress.ProgressListener;
import dev.sortline.trainer.writing.JsonReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sortline bench …}: what the line manages on this machine. */
@Command(
        name = "bench",
        description = "Measure the line on this machine, with a broker in a process of its own.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to measure: throughput, latency, overload, scale, peers, console or cameras");
    }

    @Command(
            name = "throughput",
            description = "Frames a second through the broker, and of the same classifier without Kafka.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    int throughput(@Mixin Choices choices, @Mixin Lines lines) throws InterruptedException, IOException {
        return measure(choices, lines.count, ThroughputBenchmark::run);
    }

    @Command(
            name = "latency",
            description =
                    "From capture to the event as a plain consumer reads it, at 10, 30 and 60 fps and under load.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    int latency(@Mixin Choices choices) throws InterruptedException, IOException {
        return measure(choices, 1, LatencyBenchmark::run);
    }

    @Command(
            name = "overload",
            description = "What happens at twice the capacity, and how soon it is over.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    int overload(@Mixin Choices choices, @Mixin Lines lines) throws InterruptedException, IOException {
        return measure(choices, lines.count, OverloadBenchmark::run);
    }

    @Command(
            name = "scale",
            description = "1 to 64 lines, one to three instances, start-up, and memory a line.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    int scale(
            @Mixin Choices choices,
            @Option(
                            names = "--lines",
                            paramLabel = "N",
                            split = ",",
                            defaultValue = "1,4,16,64",
                            description = "Numbers of lines to compare (default: ${DEFAULT-VALUE}).")
                    List<Integer> lines,
            @Option(
                            names = "--instances",
                            paramLabel = "N",
                            split = ",",
                            defaultValue = "1,2,3",
                            description = "Numbers of instances to compare (default: ${DEFAULT-VALUE}).")
                    List<Integer> instances)
            throws InterruptedException, IOException {
        ScaleBenchmark.Sizes sizes;
        try {
            sizes = new ScaleBenchmark.Sizes(lines, instances);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.ofConfiguration(String.valueOf(e.getMessage()));
        }
        return measure(choices, 1, (bench, settings, progress) -> ScaleBenchmark.run(bench, settings, sizes, progress));
    }

    @Command(
            name = "peers",
            description = "The same frames, small and large, through what others would write instead.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    int peers(
            @Mixin Choices choices,
            @Mixin Lines lines,
            @Option(
                            names = "--python",
                            paramLabel = "PYTHON",
                            description = "A Python with confluent-kafka, opencv-python-headless and onnxruntime, for"
                                    + " the peer in Python, which is left out without it.")
                    @Nullable Path python)
            throws InterruptedException, IOException {
        return measure(
                choices,
                lines.count,
                (bench, settings, progress) -> PeersBenchmark.run(bench, settings, python, progress));
    }

    @Command(
            name = "console",
            description = "How soon the operator's page answers a photo, and what it costs to watch lines on it.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    int console(@Mixin Choices choices) throws InterruptedException, IOException {
        return measure(choices, 1, ConsoleBenchmark::run);
    }

    @Command(
            name = "cameras",
            description = "What it takes to film with one and with sixteen live cameras, beside ffmpeg -c copy.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    int cameras(@Mixin Choices choices) throws InterruptedException, IOException {
        return measure(choices, 1, CamerasBenchmark::run);
    }

    private static BenchmarkSettings settings(Choices choices, int lines) {
        try {
            return choices.settings(lines);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.ofConfiguration(String.valueOf(e.getMessage()));
        }
    }

    private int measure(Choices choices, int lines, Benchmark benchmark) throws InterruptedException, IOException {
        BenchmarkReport report;
        BenchmarkSettings settings = settings(choices, lines);
        try (var bench = TestBench.open(choices.frames(), choices.model(), choices.inference())) {
            report = benchmark.run(bench, settings, ConsoleProgress.on(System.err, Terminal.interactive()));
        } catch (ImageFolderException | ModelPackageException e) {
            throw CommandFailure.ofConfiguration(String.valueOf(e.getMessage()));
        } catch (BenchFailure | ProcessFailure e) {
            throw CommandFailure.whileRunning(String.valueOf(e.getMessage()), e);
        }
        var out = spec.commandLine().getOut();
        out.println(report.conditions().line());
        report.lines().forEach(out::println);
        if (choices.report != null) {
            write(report, choices.report);
        }
        if (choices.plots != null) {
            plot(report, choices.plots).forEach(file -> out.println("written: " + file));
        }
        out.flush();
        return 0;
    }

    private static void write(BenchmarkReport report, Path file) {
        try {
            Files.writeString(file, JsonReport.text(report));
        } catch (IOException e) {
            throw CommandFailure.whileRunning("cannot write the report to %s: %s".formatted(file, e), e);
        }
    }

    private static Iterable<Path> plot(BenchmarkReport report, Path folder) {
        try {
            return Plots.write(report, folder);
        } catch (IOException e) {
            throw CommandFailure.whileRunning("cannot write plots to %s: %s".formatted(folder, e), e);
        }
    }

    @FunctionalInterface
    private interface Benchmark {
        BenchmarkReport run(TestBench bench, BenchmarkSettings settings, ProgressListener progress)
                throws InterruptedException, IOException;
    }

    /** The options of every benchmark. */
    static final class Choices {
        @Option(
                names = "--frames",
                paramLabel = "DIR",
                description = "A folder of pictures, or of one such folder a label, instead of samples/belt.")
        private @Nullable Path frames;

        @Option(
                names = "--model",
                paramLabel = "PACKAGE",
                description = "The model package, instead of models/waste-mobilenet-v2.")
        private @Nullable Path model;

        @Option(
                names = "--engine",
                paramLabel = "ENGINE",
                description = "What computes the line's network: ${COMPLETION-CANDIDATES}. Measured when absent.")
        private @Nullable Engine engine;

        @Option(
                names = "--precision",
                paramLabel = "PRECISION",
                description = "In what numbers: ${COMPLETION-CANDIDATES}. Measured when absent.")
        private @Nullable Precision precision;

        @Option(names = "--report", paramLabel = "FILE.json", description = "Write the figures as JSON.")
        private @Nullable Path report;

        @Option(names = "--plots", paramLabel = "DIR", description = "Write plots of the figures as PNG files.")
        private @Nullable Path plots;

        @Option(
                names = "--turns",
                paramLabel = "N",
                defaultValue = "3",
                description = "How often each contestant has its turn (default: ${DEFAULT-VALUE}).")
        private int turns;

        @Option(
                names = "--count",
                paramLabel = "N",
                defaultValue = "3000",
                description = "Frames of a turn where the question is throughput (default: ${DEFAULT-VALUE}).")
        private int count;

        @Option(
                names = "--seconds",
                paramLabel = "N",
                defaultValue = "20",
                description =
                        "Seconds of each load where the question is latency or overload (default: ${DEFAULT-VALUE}).")
        private int seconds;

        private BenchmarkSettings settings(int lines) {
            return new BenchmarkSettings(turns, count, seconds, lines);
        }

        private Path frames() {
            return frames == null ? home().resolve("samples/belt") : frames;
        }

        private ModelPackage model() {
            return ModelPackage.load(model == null ? home().resolve("models/waste-mobilenet-v2") : model);
        }

        /** As a line file has it. */
        private Map<String, String> inference() {
            Map<String, String> inference = new LinkedHashMap<>();
            if (engine != null) {
                inference.put("engine", engine.toString());
            }
            if (precision != null) {
                inference.put("precision", precision.toString());
            }
            return inference;
        }

        private static Path home() {
            return Path.of(System.getProperty("sortline.home", "."));
        }
    }

    /** From how many lines frames come. */
    static final class Lines {
        @Option(
                names = "--lines",
                paramLabel = "N",
                defaultValue = "12",
                description = "Lines that bring the frames (default: ${DEFAULT-VALUE}).")
        private int count;
    }
}
