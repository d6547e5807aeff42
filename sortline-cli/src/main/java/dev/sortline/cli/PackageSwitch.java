// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.linefile.LineFile;
import dev.sortline.linefile.LinePlans;
import dev.sortline.models.CheckedPackage;
import dev.sortline.models.PackagePlaces;
import dev.sortline.process.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sortline model promote} and {@code sortline model rollback}: which package is in the model's folder; running lines take it up. */
abstract class PackageSwitch implements Callable<Integer> {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "line.yaml",
            description = "Names the model, the canary, and the lines with their plans.")
    private Path config;

    @Override
    public final Integer call() {
        LineFile file = LineFile.load(config);
        var places = new PackagePlaces(file.model());
        Path from = from(file, places);
        try {
            ModelPackage model =
                    CheckedPackage.read(from, file.signatures().trusted()).model();
            LinePlans.read(file).checkModel(model);
            change(places, from);
            System.out.printf(
                    "%s is at %s now; the one before is at %s%nLines that run take it up within seconds: the log of sortline"
                            + " classify tells it, and sortline_model_refused whether they could not%n",
                    model, file.model(), places.previous());
            return 0;
        } catch (ModelPackageException e) {
            throw CommandFailure.ofConfiguration(config + ": " + e.getMessage());
        } catch (IOException e) {
            throw CommandFailure.whileRunning("cannot replace the package at %s: %s".formatted(file.model(), e), e);
        }
    }

    /** Where the package comes from. */
    abstract Path from(LineFile file, PackagePlaces places);

    abstract void change(PackagePlaces places, Path from) throws IOException;

    final Path config() {
        return config;
    }

    /** {@code sortline model promote}: the canary's model becomes everybody's. */
    @Command(
            name = "promote",
            description = "Puts the canary's model package in the place of the lines' model.",
            mixinStandardHelpOptions = true)
    static final class Promote extends PackageSwitch {
        @Override
        Path from(LineFile file, PackagePlaces places) {
            return file.canary()
                    .map(LineFile.Canary::model)
                    .orElseThrow(() -> CommandFailure.ofConfiguration(
                            config() + ": canary is missing: there is nothing to promote"));
        }

        @Override
        void change(PackagePlaces places, Path from) throws IOException {
            places.replaceBy(from);
        }
    }

    /** {@code sortline model rollback}: the model before this one comes back. */
    @Command(
            name = "rollback",
            description = "Puts the model package before this one back in its place.",
            mixinStandardHelpOptions = true)
    static final class Rollback extends PackageSwitch {
        @Override
        Path from(LineFile file, PackagePlaces places) {
            if (!places.previous().toFile().isDirectory()) {
                throw CommandFailure.ofConfiguration(
                        "%s: there is no package before this one at %s".formatted(config(), places.previous()));
            }
            return places.previous();
        }

        @Override
        void change(PackagePlaces places, Path from) throws IOException {
            places.takeBack();
        }
    }
}
