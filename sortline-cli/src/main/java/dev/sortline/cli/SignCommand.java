// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.linefile.PlanFile;
import dev.sortline.models.CheckedPackage;
import dev.sortline.process.CommandFailure;
import dev.sortline.signatures.SignedStatement;
import dev.sortline.signatures.SigningKey;
import dev.sortline.signatures.TrustedKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sortline model sign} and {@code sortline plan sign}: an Ed25519 signature beside what it signs. */
abstract class SignCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--key",
            required = true,
            paramLabel = "private.pem",
            description = "The private key: openssl genpkey -algorithm ed25519 -out private.pem")
    private Path key;

    @Override
    public final Integer call() {
        SigningKey signing = SigningKey.read(key);
        SignedStatement statement = statement();
        Path signature = signature();
        try {
            Path written = signature.resolveSibling(signature.getFileName() + ".new");
            Files.writeString(written, signing.sign(statement), StandardCharsets.US_ASCII);
            Files.move(written, signature, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw CommandFailure.whileRunning("cannot write the signature %s: %s".formatted(signature, e), e);
        }
        spec.commandLine().getOut().printf("signed %s: %s%n", statement.text().strip(), signature);
        return 0;
    }

    abstract SignedStatement statement();

    abstract Path signature();

    /** {@code sortline model sign}. */
    @Command(
            name = "sign",
            description = "Checks a model package and writes its signature beside its manifest.",
            mixinStandardHelpOptions = true)
    static final class OfModel extends SignCommand {
        @Parameters(paramLabel = "PACKAGE", description = "The model package.")
        private Path folder;

        @Override
        SignedStatement statement() {
            try {
                return CheckedPackage.read(folder, TrustedKeys.NONE).statement();
            } catch (ModelPackageException e) {
                throw CommandFailure.ofConfiguration(String.valueOf(e.getMessage()));
            }
        }

        @Override
        Path signature() {
            return CheckedPackage.signatureOf(folder);
        }
    }

    /** {@code sortline plan sign}. */
    @Command(
            name = "sign",
            description = "Checks a sorting plan and writes its signature beside it.",
            mixinStandardHelpOptions = true)
    static final class OfPlan extends SignCommand {
        @Parameters(paramLabel = "FILE", description = "The sorting plan.")
        private Path file;

        @Override
        SignedStatement statement() {
            return PlanFile.read(file).statement();
        }

        @Override
        Path signature() {
            return PlanFile.signatureOf(file);
        }
    }
}
