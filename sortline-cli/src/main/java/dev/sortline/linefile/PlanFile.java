// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.Sha256;
import dev.sortline.process.CommandFailure;
import dev.sortline.signatures.BadSignatureException;
import dev.sortline.signatures.SignedStatement;
import dev.sortline.signatures.TrustedKeys;
import dev.sortline.sorting.BadDescriptionException;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.PlanEdition;
import dev.sortline.sorting.SortingPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The file of a sorting plan as it was read once. The file's name, without its ending, is the plan's.
 *
 * @param path where it is
 * @param edition the plan in it
 * @param digest what {@code sha256sum} says of the file
 * @param yaml what is written there, to tell the place of a mistake
 */
public record PlanFile(Path path, PlanEdition edition, String digest, YamlFile yaml) {
    private static final int EDITION_DIGITS = 12;

    /**
     * Reads a plan.
     *
     * @throws CommandFailure when there is none, or telling the first mistake in it with its place
     */
    public static PlanFile read(Path path) {
        try {
            return of(path, Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            throw CommandFailure.ofConfiguration("no plan file at %s".formatted(path));
        } catch (IOException e) {
            throw CommandFailure.ofConfiguration("cannot read the plan file %s: %s".formatted(path, e));
        }
    }

    /** As {@link #read}, of bytes that were read already. */
    static PlanFile of(Path path, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            var yaml = new YamlFile(path, text);
            return new PlanFile(path, edition(path, bytes, yaml.as(SortingPlan.class)), Sha256.of(bytes), yaml);
        } catch (CharacterCodingException e) {
            throw CommandFailure.ofConfiguration("%s is not UTF-8 text: save it as UTF-8".formatted(path));
        }
    }

    private static PlanEdition edition(Path path, byte[] bytes, SortingPlan plan) {
        try {
            return new PlanEdition(nameOf(path), editionOf(bytes), plan);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.ofConfiguration("%s: %s: rename the file".formatted(path, e.getMessage()));
        }
    }

    /** The name of the plan in a file. */
    static String nameOf(Path path) {
        return path.getFileName().toString().replaceFirst("\\.ya?ml$", "");
    }

    /** The first digits of what {@code sha256sum} says of the file. */
    static String editionOf(byte[] bytes) {
        return Sha256.of(bytes).substring(0, EDITION_DIGITS);
    }

    /** The plan's name. */
    public String name() {
        return edition.name();
    }

    /**
     * Checks that the plan goes with a model.
     *
     * @throws CommandFailure naming the first label that the model lacks, or what it does not tell, with its place
     */
    public void checkModel(ModelPackage model) {
        placed(() -> edition.plan()
                .checkModel(
                        model.toString(),
                        model.labels(),
                        model.manifest().familiarity().isPresent()));
    }

    /**
     * Checks that the plan goes with a line's belt.
     *
     * @throws CommandFailure naming the first lane that the belt lacks, with its place
     */
    void checkLanes(Line line) {
        placed(() -> line.checkLanes(edition.plan()));
    }

    /**
     * Checks that somebody who is trusted has signed the plan, as far as that is asked for.
     *
     * @throws CommandFailure when its signature is missing or does not fit
     */
    void checkSignature(TrustedKeys trusted) {
        try {
            trusted.check("plan " + path, statement(), signatureOf(path));
        } catch (BadSignatureException e) {
            throw CommandFailure.ofConfiguration(String.valueOf(e.getMessage()));
        }
    }

    /** What a signature of this plan says. */
    public SignedStatement statement() {
        return SignedStatement.ofPlan(name(), "sha256:" + digest);
    }

    /** Where the signature of a plan is: beside its file. */
    public static Path signatureOf(Path path) {
        return path.resolveSibling(path.getFileName() + ".signature");
    }

    /** Runs a check and tells a mistake with its place. */
    void placed(Runnable check) {
        try {
            check.run();
        } catch (BadDescriptionException e) {
            throw yaml.mistake(e.path(), String.valueOf(e.getMessage()));
        }
    }
}
