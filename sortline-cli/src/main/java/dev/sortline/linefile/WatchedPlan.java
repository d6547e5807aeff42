// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.process.CommandFailure;
import dev.sortline.signatures.TrustedKeys;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.PlanEdition;
import dev.sortline.sorting.PlanInForce;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plan of running lines whose file may change. A changed file is judged when two looks in a row found the same bytes in it, so that one
 * that is still being written is left alone. A good one is put in force, a bad one is told once and changes nothing. One whose labels a model
 * lacks, or that met a model which is just being copied, is judged again when a model of its lines changes.
 *
 * <p>Looked at from one thread; {@link #refused} may be asked from any.
 */
final class WatchedPlan {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedPlan.class);
    private static final String CANNOT_BE_READ = "cannot be read";

    private final Path path;
    private final PlanInForce plan;
    private final List<Line> lines;
    private final Function<String, ModelPackage> models;
    private final TrustedKeys trusted;
    private final Object turn;
    private String seen;
    private String judged;
    private List<ModelPackage> modelsInTheWay = List.of();
    private boolean modelsUnreadable;
    private volatile boolean refused;

    /**
     * @param file the file as it is in force
     * @param plan what the lines sort by
     * @param lines all lines that sort by it
     * @param models the model that is in force, by the line's id
     * @param trusted who must have signed it
     * @param turn its monitor is held while it is checked and put in force
     */
    WatchedPlan(
            PlanFile file,
            PlanInForce plan,
            List<Line> lines,
            Function<String, ModelPackage> models,
            TrustedKeys trusted,
            Object turn) {
        this.path = file.path();
        this.plan = plan;
        this.lines = lines;
        this.models = models;
        this.trusted = trusted;
        this.turn = turn;
        this.seen = file.edition().edition() + signature();
        this.judged = seen;
    }

    /** The plan's name. */
    String name() {
        return plan.edition().name();
    }

    /** Whether the file as it is now is refused. */
    boolean refused() {
        return refused;
    }

    /** Looks at the file. */
    void look() {
        byte @Nullable [] bytes = bytes();
        String found = bytes == null ? CANNOT_BE_READ : PlanFile.editionOf(bytes) + signature();
        boolean settled = found.equals(seen);
        seen = found;
        if (settled && (!found.equals(judged) || modelsHaveChanged())) {
            judged = found;
            judge(bytes);
        }
    }

    /** Whether there are other models than those that lack one of its labels, or that could not be read. */
    private boolean modelsHaveChanged() {
        try {
            return (modelsUnreadable || !modelsInTheWay.isEmpty()) && !modelsInTheWay.equals(modelsInForce());
        } catch (CommandFailure e) {
            // A package that is just being copied.
            return false;
        }
    }

    private List<ModelPackage> modelsInForce() {
        return lines.stream().map(line -> models.apply(line.id())).distinct().toList();
    }

    private byte @Nullable [] bytes() {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            return null;
        }
    }

    /** Where signatures are asked for, a change of the signature alone is one, too. */
    private String signature() {
        if (!trusted.areAsked()) {
            return "";
        }
        try {
            return " " + PlanFile.editionOf(Files.readAllBytes(PlanFile.signatureOf(path)));
        } catch (IOException e) {
            return "";
        }
    }

    private void judge(byte @Nullable [] bytes) {
        PlanEdition before = plan.edition();
        modelsInTheWay = List.of();
        modelsUnreadable = false;
        try {
            PlanFile next = bytes == null ? PlanFile.read(path) : PlanFile.of(path, bytes);
            next.checkSignature(trusted);
            lines.forEach(next::checkLanes);
            synchronized (turn) {
                modelsUnreadable = true;
                modelsInTheWay = modelsInForce();
                modelsUnreadable = false;
                modelsInTheWay.forEach(next::checkModel);
                modelsInTheWay = List.of();
                plan.replaceBy(next.edition());
            }
            refused = false;
            LOG.info(
                    "Plan {} changed from edition {} to {} for {}: {}",
                    name(),
                    before.edition(),
                    next.edition().edition(),
                    lines.stream().map(Line::id).toList(),
                    PlanChanges.between(before.plan(), next.edition().plan()));
        } catch (CommandFailure bad) {
            refused = true;
            LOG.warn("Plan {} stays at edition {}: {}", name(), before.edition(), bad.getMessage());
        }
    }
}
