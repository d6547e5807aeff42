// SPDX-License-Identifier: Apache-2.0
package dev.sortline.models;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.classifier.network.ClassifierClosedException;
import dev.sortline.signatures.TrustedKeys;
import dev.sortline.sorting.BadDescriptionException;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.PlanEdition;
import dev.sortline.stream.model.ModelInForce;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The package of running lines whose folder may change. A changed folder is judged when two looks in a row found the same, so that one that
 * is still being copied is left alone. A good package is opened beside the old one and put in force, a bad one is told once and changes
 * nothing. One that does not go with a plan is judged again when a plan of its lines changes.
 *
 * <p>Looked at from one thread; {@link #problem} may be asked from any.
 */
public final class WatchedModel {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedModel.class);
    private static final String CANNOT_BE_SEEN = "cannot be seen";

    private final String role;
    private final Path folder;
    private final ModelInForce model;
    private final List<Line> lines;
    private final OpenedModel.Opening opening;
    private final TrustedKeys trusted;
    private final Object turn;
    private String digest;
    private String seen = "";
    private String judged = "";
    private List<PlanEdition> plansInTheWay = List.of();
    private volatile @Nullable String problem;

    /**
     * @param role what it is to the lines, a word: tag of its metric
     * @param folder as the line file names it
     * @param model what the lines are decided by, which has the package of {@code digest} now
     * @param lines all lines that it decides
     * @param opening how a new one is opened
     * @param trusted who must have signed a new one
     * @param turn its monitor is held while labels and plans are held against each other and the model is put in force
     */
    public WatchedModel(
            String role,
            Path folder,
            String digest,
            ModelInForce model,
            List<Line> lines,
            OpenedModel.Opening opening,
            TrustedKeys trusted,
            Object turn) {
        this.role = role;
        this.folder = folder;
        this.digest = digest;
        this.model = model;
        this.lines = List.copyOf(lines);
        this.opening = opening;
        this.trusted = trusted;
        this.turn = turn;
    }

    /** What it is to the lines. */
    String role() {
        return role;
    }

    /** As the line file names it. */
    Path folder() {
        return folder;
    }

    /** Why the package that is in the folder now is refused; empty when it is not. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Looks at the folder; where a new package is good, takes as long as opening it does. */
    void look() {
        String found = found();
        boolean settled = found.equals(seen);
        seen = found;
        if (settled && (!found.equals(judged) || plansHaveChanged())) {
            judged = found;
            judge();
        }
    }

    /** Whether there are other plans than those with which the package did not go. */
    private boolean plansHaveChanged() {
        return !plansInTheWay.isEmpty() && !plansInTheWay.equals(plans());
    }

    private List<PlanEdition> plans() {
        return lines.stream().map(line -> line.plan().edition()).toList();
    }

    private String found() {
        try {
            return PackageFiles.seen(folder);
        } catch (IOException e) {
            return CANNOT_BE_SEEN;
        }
    }

    private void judge() {
        ModelPackage before = model.classifier().model();
        // As they are before they are looked at: one that changes meanwhile has the package judged again.
        List<PlanEdition> plans = plans();
        plansInTheWay = List.of();
        try {
            CheckedPackage next = CheckedPackage.read(folder, trusted);
            if (!next.digest().equals(digest)) {
                requireNewName(before, next.model());
                checkPlans(next.model());
                swap(before, next);
            }
            problem = null;
        } catch (BadDescriptionException e) {
            plansInTheWay = plans;
            refuse(before, String.valueOf(e.getMessage()));
        } catch (ModelPackageException e) {
            refuse(before, String.valueOf(e.getMessage()));
        } catch (ClassifierClosedException e) {
            LOG.debug("The stream has stopped: the model stays", e);
        } catch (RuntimeException e) {
            // Nobody foresaw it, and the lines have a model that works.
            refuse(before, e.toString());
        }
    }

    private void swap(ModelPackage before, CheckedPackage next) {
        long start = System.nanoTime();
        ImageClassifier opened = OpenedModel.of(next, opening);
        long ready = System.nanoTime();
        boolean closed;
        synchronized (turn) {
            try {
                // Again, for a plan may have changed meanwhile.
                checkPlans(next.model());
            } catch (BadDescriptionException e) {
                opened.close();
                throw e;
            }
            closed = model.replaceBy(opened);
        }
        digest = next.digest();
        LOG.info(
                "Model {} changed to {} for {}: opened and checked in {} ms, the old one {} after {} ms more",
                before,
                next.model(),
                lines.stream().map(Line::id).toList(),
                (ready - start) / 1_000_000,
                closed ? "closed" : "left behind",
                (System.nanoTime() - ready) / 1_000_000);
    }

    private void checkPlans(ModelPackage next) {
        for (Line line : lines) {
            var plan = line.plan().edition();
            try {
                plan.plan()
                        .checkModel(
                                next.toString(),
                                next.labels(),
                                next.manifest().familiarity().isPresent());
            } catch (BadDescriptionException e) {
                throw new BadDescriptionException(e.path(), "plan " + plan.name() + ": " + e.getMessage());
            }
        }
    }

    /** Events tell a model by its name and version. */
    private static void requireNewName(ModelPackage before, ModelPackage next) {
        if (next.toString().equals(before.toString())) {
            throw new ModelPackageException(
                    "%s says that it is %s, too, but has other files: give it another version, for events tell models by it"
                            .formatted(next.folder().resolve(ModelPackage.MANIFEST_FILE), next));
        }
    }

    private void refuse(ModelPackage before, String reason) {
        problem = "model package %s is refused, %s stays: %s".formatted(folder, before, reason);
        LOG.warn(
                "Model {} stays for {}: {}",
                before,
                lines.stream().map(Line::id).toList(),
                reason);
    }
}
