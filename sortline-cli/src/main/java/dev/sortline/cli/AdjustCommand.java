// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.adjustment.AdjustedModel;
import dev.sortline.adjustment.Adjustment;
import dev.sortline.adjustment.AdjustmentRequest;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.models.CheckedPackage;
import dev.sortline.process.CommandFailure;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sortline model adjust}: holds back labels that a model names too often in strange places. */
@Command(
        name = "adjust",
        description = "Holds back labels that a model trained here names too often in strange places.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class AdjustCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PACKAGE", description = "The model package, which is changed.")
    private Path folder;

    @Option(
            names = "--labels",
            paramLabel = "LABEL",
            required = true,
            split = ",",
            description = "The labels to hold back, with commas between; all of them alike.")
    private List<String> labels;

    @Option(
            names = "--shifted",
            paramLabel = "DIR",
            required = true,
            description =
                    "A folder that holds a folder of images for each label, of places that the model does not know. How far is decided by what it names rightly there.")
    private Path shifted;

    @Option(
            names = "--validation",
            paramLabel = "DIR",
            required = true,
            description = "A folder of the same kind, of a place that it knows: confidences are made true by it anew.")
    private Path validation;

    @Override
    public Integer call() {
        AdjustedModel adjusted;
        try {
            adjusted = Adjustment.run(
                    new AdjustmentRequest(folder, labels, shifted, validation),
                    ConsoleProgress.on(System.err, Terminal.interactive()));
        } catch (TrainingInputException | ModelPackageException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (IOException e) {
            throw CommandFailure.whileRunning("cannot write into the package %s: %s".formatted(folder, e), e);
        }
        System.out.println(adjusted.told());
        System.out.println("figures in its card are of the model before: run sortline evaluate --card anew, and"
                + " sortline model quantize where it had eight bits");
        if (Files.exists(CheckedPackage.signatureOf(folder))) {
            System.out.printf("its signature does not fit any more: run sortline model sign %s --key KEY%n", folder);
        }
        return 0;
    }
}
