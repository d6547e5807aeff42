// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.console.ConsoleSettings;
import dev.sortline.process.CommandFailure;
import dev.sortline.signatures.TrustedKeys;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.PlanInForce;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The lines of a line file with the sorting plans that they name. Lines that name the same file share its plan. */
public final class LinePlans {
    private final TrustedKeys trusted;
    private final Map<Path, ReadPlan> plans = new LinkedHashMap<>();
    private final Map<String, Line> lines = new LinkedHashMap<>();

    private record ReadPlan(PlanFile file, PlanInForce inForce) {
        static ReadPlan of(Path path, TrustedKeys trusted) {
            PlanFile file = PlanFile.read(path);
            file.checkSignature(trusted);
            return new ReadPlan(file, new PlanInForce(file.edition()));
        }
    }

    private LinePlans(TrustedKeys trusted) {
        this.trusted = trusted;
    }

    /**
     * Reads the plans.
     *
     * @throws CommandFailure telling the first mistake with its place
     */
    public static LinePlans read(LineFile file) {
        var read = new LinePlans(file.signatures().trusted());
        file.lines().forEach(read::add);
        return read;
    }

    /** The lines by id. */
    public Map<String, Line> lines() {
        return Collections.unmodifiableMap(lines);
    }

    /**
     * Checks that all plans go with a model.
     *
     * @throws CommandFailure naming the first label that the model lacks, or what it does not tell, with its place
     */
    public void checkModel(ModelPackage model) {
        checkModel(line -> model);
    }

    /**
     * As {@link #checkModel(ModelPackage)}, where not all lines have the same model.
     *
     * @param models the model by the line's id
     */
    public void checkModel(Function<String, ModelPackage> models) {
        plans.values().forEach(plan -> linesOf(plan.inForce()).stream()
                .map(line -> models.apply(line.id()))
                .distinct()
                .forEach(plan.file()::checkModel));
    }

    /**
     * The plans as they were read, each to be looked at again while the lines run.
     *
     * @param models the model that is in force, by the line's id
     * @param turn its monitor is held while a plan is checked and put in force: by it whoever puts a model in force keeps them together
     */
    public List<WatchedPlan> watched(Function<String, ModelPackage> models, Object turn) {
        return plans.values().stream()
                .map(plan ->
                        new WatchedPlan(plan.file(), plan.inForce(), linesOf(plan.inForce()), models, trusted, turn))
                .toList();
    }

    /**
     * What the operator's page shows of these lines, and the plans through which photos can be looked at.
     *
     * @param file where they were read from
     * @throws CommandFailure telling the first mistake in another plan with its place
     */
    public ConsoleSettings console(LineFile file) {
        var others = file.console().plans().stream()
                .filter(path -> !plans.containsKey(path))
                .map(path -> ReadPlan.of(path, trusted))
                .map(ReadPlan::inForce);
        var all = Stream.concat(plans.values().stream().map(ReadPlan::inForce), others)
                .toList();
        return new ConsoleSettings(
                file.kafka(),
                lines(),
                file.console().trialLine(),
                all,
                file.model(),
                file.shadow().map(LineFile.Shadow::model),
                file.console().shifts(),
                file.console().access());
    }

    private void add(String id, LineFile.Entry entry) {
        if (!Files.exists(entry.plan())) {
            throw CommandFailure.ofConfiguration(
                    "%s: lines.%s.plan: there is no file %s".formatted(entry.place(), id, entry.plan()));
        }
        ReadPlan plan = plans.computeIfAbsent(entry.plan(), path -> ReadPlan.of(path, trusted));
        checkName(id, entry, plan.file());
        plan.file().placed(() -> lines.put(id, new Line(id, entry.belt(), plan.inForce(), entry.framesPerItem())));
    }

    private void checkName(String id, LineFile.Entry entry, PlanFile file) {
        for (Path other : plans.keySet()) {
            if (!other.equals(file.path()) && PlanFile.nameOf(other).equals(file.name())) {
                throw CommandFailure.ofConfiguration(
                        "%s: lines.%s.plan: %s has the name of another plan, %s: rename one, for events tell a plan by its name"
                                .formatted(entry.place(), id, file.path(), other));
            }
        }
    }

    private List<Line> linesOf(PlanInForce plan) {
        return lines.values().stream().filter(line -> line.plan() == plan).toList();
    }
}
