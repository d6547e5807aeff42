// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.familiarity.FamiliarModel;
import dev.sortline.familiarity.FamiliarityRequest;
import dev.sortline.familiarity.Familiarization;
import dev.sortline.models.CheckedPackage;
import dev.sortline.process.CommandFailure;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sortline model familiarize}: lets a package tell how familiar a picture is, so that a plan can leave alone what is unlike training. */
@Command(
        name = "familiarize",
        description =
                "Lets a model package tell how familiar a picture is, so that a plan's leastFamiliarity can leave alone what is unlike training.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class FamiliarizeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PACKAGE", description = "The model package.")
    private Path folder;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description =
                    "A folder that holds a folder of images for each label, which the model learned from; may be given several times.")
    private List<Path> data;

    @Option(
            names = "--further",
            paramLabel = "DIR",
            description = "A folder of another origin that the model learned from, too.")
    private @Nullable Path further;

    @Option(
            names = "--further-labels",
            paramLabel = "LABEL",
            split = ",",
            description = "Only these folders of --further, with commas between; all of it where none are named.")
    private List<String> furtherLabels = List.of();

    @Option(
            names = "--unknown",
            paramLabel = "DIR",
            description =
                    "A folder of class folders with images of things that are no label of the model; may be given several times. Class folders"
                            + " that are labels of it are left out.")
    private List<Path> unknown = List.of();

    @Option(
            names = "--validation",
            paramLabel = "DIR",
            required = true,
            description =
                    "A folder of labelled images that the model did not learn from: familiarity is the share of these that are less familiar.")
    private Path validation;

    @Override
    public Integer call() {
        FamiliarModel made;
        try {
            made = Familiarization.run(
                    new FamiliarityRequest(
                            folder, data, Optional.ofNullable(further), furtherLabels, unknown, validation),
                    ConsoleProgress.on(System.err, Terminal.interactive()));
        } catch (TrainingInputException | ModelPackageException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (IOException e) {
            throw CommandFailure.whileRunning("cannot write into the package %s: %s".formatted(folder, e), e);
        }
        System.out.printf(
                "%s tells how familiar a picture is: learned from %d images of known things and %d of others, on the scale of %d in %s%n",
                made.model(),
                made.known(),
                made.unknown().values().stream().mapToInt(Integer::intValue).sum(),
                made.heldOut(),
                made.validation());
        made.int8Difference()
                .ifPresent(apart -> System.out.printf("in int8 familiarity differs by %.3f on average%n", apart));
        System.out.printf("see what it tells apart: sortline evaluate --model %s --data DIR --unknown DIR%n", folder);
        if (Files.exists(CheckedPackage.signatureOf(folder))) {
            System.out.printf("its signature does not fit any more: run sortline model sign %s --key KEY%n", folder);
        }
        return 0;
    }
}
