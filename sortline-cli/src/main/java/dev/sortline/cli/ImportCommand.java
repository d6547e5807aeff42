// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.classifier.model.NetworkOutput;
import dev.sortline.classifier.model.PixelScaling;
import dev.sortline.process.CommandFailure;
import dev.sortline.trainer.imports.ImportRequest;
import dev.sortline.trainer.imports.ImportedModel;
import dev.sortline.trainer.imports.ModelImport;
import dev.sortline.trainer.layers.PictureInput;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code sortline model import}: a network of another tool in, a model package out. */
@Command(
        name = "import",
        description = "Makes a model package of a network that another tool wrote.",
        sortOptions = false)
final class ImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "MODEL",
            description =
                    "A file .keras or .h5 that Keras' model.save wrote, .onnx or .tflite; or a SavedModel, the folder that"
                            + " model.export(\"folder\") wrote.")
    private Path model;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            required = true,
            description = "A label a line, in the order of the network's output. If every line begins with its index"
                    + " from 0, as in '0 glass', the indices are dropped.")
    private Path labels;

    @Option(
            names = "--input-size",
            paramLabel = "N",
            required = true,
            description = "Width and height of the network's pictures in pixels: 16 to 1024.")
    private int inputSize;

    @Option(
            names = "--scaling",
            paramLabel = "RANGE",
            required = true,
            converter = ScalingConverter.class,
            description = "The values that the network was trained on: 0..1, -1..1, or none for 0..255.")
    private PixelScaling scaling;

    @Option(
            names = "--mean",
            paramLabel = "R,G,B",
            split = ",",
            description =
                    "What is taken off red, green and blue after the scaling, as PyTorch's Normalize has it; with --std."
                            + " 0.485,0.456,0.406 where torchvision's weights were trained on.")
    private List<Float> mean = List.of();

    @Option(
            names = "--std",
            paramLabel = "R,G,B",
            split = ",",
            description = "What they are divided by after that: 0.229,0.224,0.225 there.")
    private List<Float> deviation = List.of();

    @Mixin
    private NewPackageOptions made;

    @Option(
            names = "--output",
            paramLabel = "KIND",
            converter = OutputConverter.class,
            description = "What the network's output is: logits or probabilities (default: found out by running it).")
    private @Nullable NetworkOutput output;

    @Override
    public Integer call() {
        try {
            ImportedModel imported = ModelImport.run(request());
            ModelManifest manifest = imported.model().manifest();
            System.out.printf(
                    "%s is at %s: %d labels, output %s (%s), weights %s%n",
                    imported.model(),
                    made.out(),
                    imported.model().labels().size(),
                    manifest.output(),
                    output == null ? "found out by running it" : "as given",
                    imported.constantWeights() ? "as constants" : "as variables");
            System.out.printf(
                    "temperature %s: not calibrated, not evaluated; run sortline evaluate --model %s --data DIR --card%n",
                    manifest.temperature(), made.out());
            return 0;
        } catch (TrainingInputException | ModelPackageException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (IOException e) {
            throw CommandFailure.whileRunning("cannot write the package to %s: %s".formatted(made.out(), e), e);
        }
    }

    private ImportRequest request() {
        try {
            return new ImportRequest(
                    model,
                    labels,
                    new PictureInput(inputSize, mean, deviation),
                    scaling,
                    made.out(),
                    made.name(),
                    made.version(),
                    Optional.ofNullable(output));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** The ranges as the manifest writes them. */
    static final class ScalingConverter implements ITypeConverter<PixelScaling> {
        @Override
        public PixelScaling convert(String value) {
            return one(PixelScaling.values(), value);
        }
    }

    /** The kinds of output as the manifest writes them. */
    static final class OutputConverter implements ITypeConverter<NetworkOutput> {
        @Override
        public NetworkOutput convert(String value) {
            return one(NetworkOutput.values(), value);
        }
    }

    static <T> T one(T[] values, String text) {
        return Arrays.stream(values)
                .filter(value -> value.toString().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new TypeConversionException("'%s' is none of %s".formatted(text, Arrays.toString(values))));
    }
}
