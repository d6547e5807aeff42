// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.process.CommandFailure;
import dev.sortline.trainer.exports.ExportFormat;
import dev.sortline.trainer.exports.ModelExport;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sortline model export}: the network of a package for other tools. */
@Command(
        name = "export",
        description = "Writes the network of a model package for other tools.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PACKAGE", description = "The model package.")
    private Path folder;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            required = true,
            converter = FormatConverter.class,
            description = "saved-model, a folder that TensorFlow loads, with the labels in it; tflite or onnx, a file.")
    private ExportFormat format;

    @Option(
            names = "--out",
            paramLabel = "PATH",
            required = true,
            description = "Where the folder or the file goes; nothing may be there yet.")
    private Path out;

    @Override
    public Integer call() {
        try {
            ModelPackage model = ModelExport.run(folder, format, out);
            ModelManifest manifest = model.manifest();
            System.out.printf("%s is at %s as %s%n", model, out, format);
            System.out.printf(
                    "input: float32 [batch, %1$d, %1$d, 3], RGB, values %2$s%n",
                    manifest.inputSize(), manifest.scaling());
            System.out.printf(
                    "output: float32 [batch, %d], %s; temperature %s; labels %s%n",
                    model.labels().size(),
                    manifest.output(),
                    manifest.temperature(),
                    String.join(", ", model.labels()));
            return 0;
        } catch (TrainingInputException | ModelPackageException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (IOException e) {
            throw CommandFailure.whileRunning("cannot write %s: %s".formatted(out, e), e);
        }
    }

    /** The formats as they are typed. */
    static final class FormatConverter implements ITypeConverter<ExportFormat> {
        @Override
        public ExportFormat convert(String value) {
            return ImportCommand.one(ExportFormat.values(), value);
        }
    }
}
