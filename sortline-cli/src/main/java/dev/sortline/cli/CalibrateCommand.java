// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.adjustment.CalibratedModel;
import dev.sortline.adjustment.CalibrationRequest;
import dev.sortline.adjustment.ConfidenceCalibration;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.models.CheckedPackage;
import dev.sortline.process.CommandFailure;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sortline model calibrate}: makes confidences true at home and in strange places. */
@Command(
        name = "calibrate",
        description = "Makes a model's confidences true at home and in strange places, by how familiar a picture is.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CalibrateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PACKAGE", description = "The model package, which tells familiarity and is changed.")
    private Path folder;

    @Option(
            names = "--validation",
            paramLabel = "DIR",
            required = true,
            description =
                    "A folder that holds a folder of images for each label, of a place that the model knows; none of them trained on.")
    private Path validation;

    @Option(
            names = "--shifted",
            paramLabel = "DIR",
            required = true,
            description = "A folder of the same kind, of places that it does not know. Both count alike.")
    private Path shifted;

    @Override
    public Integer call() {
        CalibratedModel calibrated;
        try {
            calibrated = ConfidenceCalibration.run(
                    new CalibrationRequest(folder, validation, shifted),
                    ConsoleProgress.on(System.err, Terminal.interactive()));
        } catch (TrainingInputException | ModelPackageException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (IOException e) {
            throw CommandFailure.whileRunning("cannot write into the package %s: %s".formatted(folder, e), e);
        }
        System.out.println(calibrated.told());
        System.out.println("figures in its card are of the confidences before: run sortline evaluate --card anew");
        if (Files.exists(CheckedPackage.signatureOf(folder))) {
            System.out.printf("its signature does not fit any more: run sortline model sign %s --key KEY%n", folder);
        }
        return 0;
    }
}
