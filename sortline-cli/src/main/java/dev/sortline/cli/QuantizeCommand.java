// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.models.CheckedPackage;
import dev.sortline.process.CommandFailure;
import dev.sortline.quantization.Quantization;
import dev.sortline.quantization.QuantizationRequest;
import dev.sortline.quantization.QuantizedModel;
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

/** {@code sortline model quantize}: adds the network in eight bits to a package, if it answers well enough. */
@Command(
        name = "quantize",
        description = "Adds the network in eight bits to a model package, if it answers well enough.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class QuantizeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PACKAGE", description = "The model package.")
    private Path folder;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description =
                    "A folder that holds a folder of images for each label, to measure ranges on; may be given several"
                            + " times. Those that the model learned from are right.")
    private List<Path> data;

    @Option(
            names = "--validation",
            paramLabel = "DIR",
            required = true,
            description = "A folder of the same kind to judge by; none of them in --data.")
    private Path validation;

    @Override
    public Integer call() {
        QuantizedModel made;
        try {
            made = Quantization.run(
                    new QuantizationRequest(folder, data, validation),
                    ConsoleProgress.on(System.err, Terminal.interactive()));
        } catch (TrainingInputException | ModelPackageException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (IOException e) {
            throw CommandFailure.whileRunning("cannot write into the package %s: %s".formatted(folder, e), e);
        }
        System.out.println(made.told());
        if (!made.goodEnough()) {
            throw CommandFailure.whileRunning(
                    "%s stays as it is: int8 must lose no more than half a point of accuracy and name the same label on 98 %% of the images"
                            .formatted(folder),
                    null);
        }
        made.forms()
                .forEach(form ->
                        System.out.printf("written: %s, %.1f MB%n", folder.resolve(form.file()), form.bytes() / 1e6));
        made.leftOut().ifPresent(why -> System.out.printf("left out: %s %s%n", ModelPackage.TFLITE_INT8_FILE, why));
        if (Files.exists(CheckedPackage.signatureOf(folder))) {
            System.out.printf("its signature does not fit any more: run sortline model sign %s --key KEY%n", folder);
        }
        return 0;
    }
}
