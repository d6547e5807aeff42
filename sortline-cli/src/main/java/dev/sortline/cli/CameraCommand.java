// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.camera.check.CameraCheck;
import dev.sortline.camera.check.CheckedCamera;
import dev.sortline.camera.check.CheckedCamera.Saved;
import dev.sortline.process.CommandFailure;
import dev.sortline.trainer.writing.JsonReport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sortline camera …}: what can be done with a camera besides filming with it. */
@Command(
        name = "camera",
        description = "Works on cameras.",
        mixinStandardHelpOptions = true,
        subcommands = CameraCommand.Check.class)
final class CameraCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "say what to do with the camera: sortline camera check URL, PATH or ADDRESS");
    }

    /** {@code sortline camera check}: connects once and says how the camera does, or what is wrong. */
    @Command(
            name = "check",
            description = "Connects to a camera once, and says what it gives and how well, or what is wrong with it.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Check implements Callable<Integer> {
        private static final int MOST_SECONDS = 600;

        @Spec
        private CommandSpec spec;

        @Mixin
        private CheckedCameraOptions camera;

        @Option(
                names = "--seconds",
                paramLabel = "N",
                defaultValue = "5",
                description = "How long it is watched, from its first picture on (default: ${DEFAULT-VALUE}).")
        private int seconds;

        @Mixin
        private SavedPicture picture;

        @Option(names = "--json", description = "Print what is found as JSON.")
        private boolean json;

        @Override
        public Integer call() throws InterruptedException {
            if (seconds < 1 || seconds > MOST_SECONDS) {
                throw CommandFailure.ofConfiguration(
                        "--seconds is %d: must be from 1 to %d".formatted(seconds, MOST_SECONDS));
            }
            CheckedCameraOptions.Named chosen = camera.chosen(spec.commandLine());
            picture.checkPlace();
            var check = new CameraCheck(chosen.kind(), chosen.settings(), InstantSource.system());
            CheckedCamera found = check.run(Duration.ofSeconds(seconds));
            Optional<Saved> saved = check.picture().flatMap(last -> picture.save(last, chosen.name()));
            tell(saved.map(found::with).orElse(found));
            if (!found.sees()) {
                throw CommandFailure.whileRunning(found.obstacle(), null);
            }
            return 0;
        }

        private void tell(CheckedCamera found) {
            var out = spec.commandLine().getOut();
            if (json) {
                out.print(JsonReport.text(found));
            } else {
                found.lines().forEach(out::println);
            }
            out.flush();
        }
    }
}
