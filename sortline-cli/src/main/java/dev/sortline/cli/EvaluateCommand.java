// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.evaluation.Evaluation;
import dev.sortline.evaluation.EvaluationReport;
import dev.sortline.evaluation.EvaluationRequest;
import dev.sortline.evaluation.likeness.NearDuplicate;
import dev.sortline.evaluation.likeness.NearDuplicates;
import dev.sortline.trainer.progress.TrainingInputException;
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

    @Option(
            names = "--labels",
            paramLabel = "LABEL",
            split = ",",
            description = "Only these folders of DIR, with commas between; all of it where none are named.")
    private List<String> labels = List.of();

    @Option(
            names = "--trained-on",
            paramLabel = "DIR",
            description =
                    "A folder that the model learned from, to find images that look like one of it; may be given several times.")
    private List<Path> trainedOn = List.of();

    @Option(
            names = "--unknown",
            paramLabel = "DIR",
            description =
                    "A folder of class folders with images of things that are no label of the model, to see how many of them look familiar"
                            + " to it; may be given several times. Class folders that are labels of it are left out.")
    private List<Path> unknown = List.of();

    @Option(
            names = "--corruptions",
            description =
                    "Also say how it fares when the images are soiled, blurred by motion and dark, each in five steps.")
    private boolean corruptions;

    @Option(names = "--report", paramLabel = "OUTDIR", description = "Where evaluation.html and evaluation.json go.")
    private @Nullable Path report;

    @Option(
            names = "--card",
            description =
                    "Also write the figures into the package: for people into MODEL_CARD.md, for programs into the folder evaluations.")
    private boolean card;

    @Override
    public Integer call() throws IOException {
        try {
            ModelPackage loaded = ModelPackage.load(model);
            try (ImageClassifier classifier = ImageClassifier.open(loaded)) {
                Evaluation evaluation = Evaluation.run(
                        classifier,
                        new EvaluationRequest(List.of(data), labels, trainedOn, unknown, corruptions),
                        ConsoleProgress.on(System.err, Terminal.interactive()));
                System.out.println(evaluation.table());
                evaluation.nearDuplicates().ifPresent(this::warn);
                if (report != null) {
                    new EvaluationReport(loaded.toString(), data, evaluation)
                            .write(report)
                            .forEach(file -> System.out.println("written: " + file));
                }
                if (card) {
                    evaluation.addToCard(loaded, data);
                    System.out.println("written: " + evaluation.addToPackage(loaded, data));
                }
            }
            return 0;
        } catch (TrainingInputException | ModelPackageException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void warn(NearDuplicates found) {
        if (!found.pairs().isEmpty()) {
            NearDuplicate first = found.pairs().get(0);
            spec.commandLine()
                    .getErr()
                    .printf(
                            "sortline: %d of the images look like one that was trained on, %d of them under another label, such as %s like %s: figures on them mislead; %d of the other %d are right%n",
                            found.pairs().size(),
                            found.labelConflicts().size(),
                            first.image(),
                            first.of(),
                            found.othersRight(),
                            found.others())
                    .flush();
        }
    }
}
