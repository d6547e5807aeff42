// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.linefile.PlanFile;
import dev.sortline.process.CommandFailure;
import dev.sortline.sorting.SortingPlan;
import dev.sortline.sorting.SortingPlan.Fraction;
import dev.sortline.trainer.writing.TextTable;
import dev.sortline.trainer.writing.TextTable.Column;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sortline plan …}: what can be done with a sorting plan besides sorting by it. */
@Command(
        name = "plan",
        description = "Works on sorting plans.",
        mixinStandardHelpOptions = true,
        subcommands = {PlanCommand.Check.class, SignCommand.OfPlan.class})
final class PlanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do with the plan: sortline plan check FILE --model DIR, or sortline plan sign FILE --key PEM");
    }

    /** {@code sortline plan check}: finds mistakes, and tells what becomes of each of a model's labels. */
    @Command(
            name = "check",
            description = "Checks a sorting plan and tells what becomes of each of a model's labels.",
            mixinStandardHelpOptions = true)
    static final class Check implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "FILE", description = "The sorting plan.")
        private Path file;

        @Option(names = "--model", required = true, paramLabel = "DIR", description = "The model package.")
        private Path folder;

        @Override
        public Integer call() {
            PlanFile read = PlanFile.read(file);
            ModelPackage model = model();
            read.checkModel(model);
            PrintWriter out = spec.commandLine().getOut();
            out.printf(
                    "plan %s, edition %s, with model %s%n%n",
                    read.name(), read.edition().edition(), model);
            @Nullable Double least = read.edition().plan().leastFamiliarity();
            if (least != null) {
                out.printf("least familiarity %s: an item below it is not sorted%n%n", least);
            }
            explainLabels(read.edition().plan(), model.labels(), out);
            out.println();
            explainFractions(read.edition().plan(), out);
            return 0;
        }

        private ModelPackage model() {
            try {
                return ModelPackage.load(folder);
            } catch (ModelPackageException e) {
                throw CommandFailure.ofConfiguration(String.valueOf(e.getMessage()));
            }
        }

        private static void explainLabels(SortingPlan plan, List<String> labels, PrintWriter out) {
            int width = Stream.of(labels.stream(), plan.fractions().keySet().stream(), Stream.of("fraction"))
                    .flatMap(words -> words)
                    .mapToInt(String::length)
                    .max()
                    .orElseThrow();
            int laneWidth = plan.fractions().values().stream()
                    .mapToInt(fraction ->
                            Math.max("lane".length(), fraction.lane().length()))
                    .max()
                    .orElseThrow();
            TextTable table = TextTable.of(List.of(
                    Column.left(width + 1),
                    Column.left(width + 1),
                    Column.left(laneWidth + 1),
                    Column.right(16),
                    Column.right(10)));
            out.println(table.row(List.of("label", "fraction", "lane", "least confidence", "least gap")));
            for (String label : labels) {
                if (label.equals(ModelPackage.EMPTY_LABEL)) {
                    out.println(table.row(List.of(label, "-", "-", "-", "-")) + "  no item: no event");
                } else {
                    String id = plan.fractionOf(label);
                    Fraction fraction = plan.fraction(id);
                    String note = fraction.labels().contains(label) ? "" : "  not named: the fallback";
                    List<String> row = List.of(
                            label,
                            id,
                            fraction.lane(),
                            String.valueOf(fraction.leastConfidence()),
                            String.valueOf(fraction.leastGap()));
                    out.println(table.row(row) + note);
                }
            }
        }

        private static void explainFractions(SortingPlan plan, PrintWriter out) {
            plan.fractions().forEach((id, fraction) -> {
                out.printf("%s%n", id);
                out.printf(
                        "  en  %s: %s%n",
                        fraction.name().en(), fraction.advice().en());
                out.printf(
                        "  id  %s: %s%n",
                        fraction.name().id(), fraction.advice().id());
            });
        }
    }
}
