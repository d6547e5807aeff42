// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sortline model …}: what can be done with a model package besides running it. */
@Command(
        name = "model",
        description = "Works on model packages.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ImportCommand.class,
            ExportCommand.class,
            ModelCommand.Inspect.class,
            AdjustCommand.class,
            CalibrateCommand.class,
            QuantizeCommand.class,
            FamiliarizeCommand.class,
            SignCommand.OfModel.class,
            PackageSwitch.Promote.class,
            PackageSwitch.Rollback.class
        })
public final class ModelCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do with the model: sortline model import, export, inspect, adjust, quantize, familiarize, sign, promote or rollback");
    }

    /** {@code sortline model inspect}: checks a package, loads it into TensorFlow and prints what it is. */
    @Command(
            name = "inspect",
            description = "Checks a model package and prints what it is.",
            mixinStandardHelpOptions = true)
    static final class Inspect implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "PACKAGE", description = "The model package.")
        private Path folder;

        @Override
        public Integer call() {
            try {
                ModelPackage model = ModelPackage.load(folder);
                ImageClassifier.open(model).close();
                ModelManifest manifest = model.manifest();
                System.out.println("model        " + model);
                System.out.println("labels       " + String.join(", ", model.labels()));
                System.out.println(
                        "input        %1$dx%1$d RGB, values %2$s".formatted(manifest.inputSize(), manifest.scaling()));
                System.out.println("output       %s, temperature %s%s"
                        .formatted(
                                manifest.output(),
                                manifest.temperature(),
                                manifest.strangeTemperature() == null
                                        ? ""
                                        : ", %s where strange".formatted(manifest.strangeTemperature())));
                System.out.println("familiarity  "
                        + (manifest.familiarity().isPresent()
                                ? "told: a plan may ask for leastFamiliarity"
                                : "not told"));
                System.out.println("digest       " + manifest.digest());
                return 0;
            } catch (ModelPackageException e) {
                throw new ParameterException(spec.commandLine(), e.getMessage(), e);
            }
        }
    }
}
