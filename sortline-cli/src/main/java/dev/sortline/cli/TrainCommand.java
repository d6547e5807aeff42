// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.process.CommandFailure;
import dev.sortline.retraining.RetrainedModel;
import dev.sortline.retraining.Retraining;
import dev.sortline.retraining.RetrainingRequest;
import dev.sortline.trainer.Architecture;
import dev.sortline.trainer.FurtherSource;
import dev.sortline.trainer.TrainedModel;
import dev.sortline.trainer.Training;
import dev.sortline.trainer.TrainingRequest;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sortline train}: folders of labelled pictures and a backbone's weights in, a model package out. */
@Command(
        name = "train",
        description = "Trains a classifier on folders of labelled images and writes a model package.",
        sortOptions = false)
public final class TrainCommand implements Callable<Integer> {
    private static final List<String> NOT_IN_A_ROUND =
            List.of("--further", "--architecture", "--teacher", "--width", "--input-size", "--epochs", "--runs");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "A folder that holds a folder of images for each label; may be given several times.")
    private List<Path> data;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = {
                "A folder as --data with images of what --base knew before; may be given several times.",
                "Then --data are reviewed images of a line, the package learns on from them in a round of a few minutes, and loses no more"
                        + " than one in a hundred of what it knew. Where nothing is gained, no package is written."
            })
    private List<Path> kept = List.of();

    @ArgGroup(exclusive = false)
    private @Nullable FurtherOptions further;

    @Option(
            names = "--validation",
            paramLabel = "DIR",
            description = {
                "A folder as --data that is never learned from: it tells the accuracy and makes confidences true.",
                "Without it 15 %% of the data is held out, with --keep of what is kept."
            })
    private @Nullable Path validation;

    @Option(
            names = "--architecture",
            paramLabel = "NAME",
            defaultValue = "mobilenet-v2",
            description = "mobilenet-v2, efficientnet-lite0, efficientnet-lite2 or cnn (default: ${DEFAULT-VALUE}).")
    private String architecture;

    @Option(
            names = "--teacher",
            paramLabel = "PACKAGE",
            description = {
                "A model package that is learned from beside the labels, on the very same shots; may be given several times.",
                "It must know all labels. Its answers are kept, so that each is asked for once."
            })
    private List<Path> teachers = List.of();

    @Option(
            names = "--base",
            paramLabel = "PACKAGE|WEIGHTS",
            description = {
                "What to start from: a model package, or a folder with manifest.tsv and its .npy files.",
                "Without it training starts from nothing."
            })
    private @Nullable Path base;

    @Option(
            names = "--width",
            paramLabel = "FACTOR",
            description = "Without --base: what the numbers of channels are multiplied by (default: 1).")
    private @Nullable Double width;

    @Option(
            names = "--input-size",
            paramLabel = "PIXELS",
            description =
                    "Width and height of the network's input (default: 224, for efficientnet-lite2 260, for cnn 128).")
    private @Nullable Integer inputSize;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "How often each image is seen (default: that of the architecture's recipe).")
    private @Nullable Integer epochs;

    @Mixin
    private NewPackageOptions made;

    @Option(
            names = "--notes",
            paramLabel = "FILE",
            description = "Markdown that the model card ends with: licences of data and base, known weaknesses.")
    private @Nullable Path notes;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same seed gives the same model again (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Goes through the last stage so often, each time with the next seed, and averages the weights (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Override
    public Integer call() {
        PrintStream err = System.err;
        try {
            if (!kept.isEmpty()) {
                return learnOn(err);
            }
            TrainedModel trained = Training.run(request(), ConsoleProgress.on(err, Terminal.interactive()));
            System.out.printf(
                    Locale.ROOT,
                    "%s is at %s: learned from %d pictures (%d skipped), held-out accuracy %.3f, temperature %.3f%n",
                    trained.model(),
                    made.out(),
                    trained.pictures(),
                    trained.skipped(),
                    trained.heldOutAccuracy(),
                    trained.model().manifest().temperature());
            return 0;
        } catch (TrainingInputException | ModelPackageException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (IOException e) {
            throw CommandFailure.whileRunning(
                    "cannot go on with %s: %s; mend that and run the same command again, it goes on where it was"
                            .formatted(made.out(), CommandFailure.rootReason(e)),
                    e);
        }
    }

    private int learnOn(PrintStream err) throws IOException {
        RetrainedModel made = Retraining.run(roundRequest(), ConsoleProgress.on(err, Terminal.interactive()));
        System.out.println(made.told());
        made.leftBehind().forEach(System.out::println);
        return made.model().isPresent() ? 0 : 1;
    }

    private RetrainingRequest roundRequest() {
        if (base == null) {
            throw new ParameterException(spec.commandLine(), "--keep needs --base, the package to learn on from");
        }
        for (String option : NOT_IN_A_ROUND) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new ParameterException(
                        spec.commandLine(),
                        option
                                + " does not go with --keep: a round has a recipe of its own, and the network is that of --base");
            }
        }
        try {
            return new RetrainingRequest(
                    base,
                    data,
                    kept,
                    Optional.ofNullable(validation),
                    made.out(),
                    made.name(),
                    made.version(),
                    seed,
                    Optional.ofNullable(notes));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private TrainingRequest request() {
        Architecture known = Architecture.of(architecture)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "'%s' is no architecture: take %s".formatted(architecture, Architecture.names())));
        try {
            return new TrainingRequest(
                    data,
                    Optional.ofNullable(further).map(FurtherOptions::source),
                    Optional.ofNullable(validation),
                    known,
                    teachers,
                    Optional.ofNullable(base),
                    Optional.ofNullable(width),
                    inputSize == null ? known.usualInputSize() : inputSize,
                    epochs == null ? known.usualEpochs() : epochs,
                    made.out(),
                    made.name(),
                    made.version(),
                    seed,
                    runs,
                    Optional.ofNullable(notes));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** Pictures of another origin; the last two options need the first. */
    private static final class FurtherOptions {
        @Option(
                names = "--further",
                paramLabel = "DIR",
                required = true,
                description = {
                    "A folder as --data of pictures of another origin, photographs from the web for one.",
                    "They are learned from, too, but have a fixed share of each batch, however many they are."
                })
        private Path folder;

        @Option(
                names = "--further-share",
                paramLabel = "SHARE",
                defaultValue = "0.25",
                description = "Their share of each batch (default: ${DEFAULT-VALUE}).")
        private double share;

        @Option(
                names = "--further-labels",
                paramLabel = "LABEL",
                split = ",",
                description = "The labels that are taken from it, with commas between (default: all that it has).")
        private List<String> labels = List.of();

        FurtherSource source() {
            return new FurtherSource(folder, share, labels);
        }
    }
}
