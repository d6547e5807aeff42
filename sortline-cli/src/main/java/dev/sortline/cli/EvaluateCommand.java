// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.ModelPackage;
import dev.sortline.classifier.ModelPackageException;
import dev.sortline.trainer.ConsoleProgress;
import dev.sortline.trainer.Evaluation;
import dev.sortline.trainer.TrainingInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sortline evaluate}: a model package and labelled pictures in, figures out. */
@Command(
        name = "evaluate",
        description = "Says how often a model is right about a folder of labelled images.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--model", paramLabel = "PACKAGE", required = true, description = "The model package.")
    private Path model;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "A folder that holds a folder of images for each label; none of them trained on.")
    private Path data;

    @Option(names = "--report", paramLabel = "OUTDIR", description = "Where evaluation.json goes.")
    private @Nullable Path report;

    @Option(names = "--card", description = "Also write the figures into the package's MODEL_CARD.md.")
    private boolean card;

    @Override
    public Integer call() throws IOException {
        try {
            ModelPackage loaded = ModelPackage.load(model);
            try (ImageClassifier classifier = ImageClassifier.open(loaded)) {
                Evaluation evaluation = Evaluation.run(
                        classifier, List.of(data), ConsoleProgress.on(System.err, Terminal.interactive()));
                System.out.println(evaluation.table());
                if (report != null) {
                    System.out.println("written: " + evaluation.write(report));
                }
                if (card) {
                    evaluation.addToCard(loaded, data);
                }
            }
            return 0;
        } catch (TrainingInputException | ModelPackageException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
