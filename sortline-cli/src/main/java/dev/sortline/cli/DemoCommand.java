// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sortline.camera.replay.ImageFolderException;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.demo.DemoDisplay;
import dev.sortline.demo.DemoLine;
import dev.sortline.demo.DemoReport;
import dev.sortline.linefile.LineFile;
import dev.sortline.linefile.LinePlans;
import dev.sortline.process.CommandFailure;
import dev.sortline.process.StopSignal;
import dev.sortline.sorting.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sortline demo}: the whole line in one process, nothing else needed. */
@Command(
        name = "demo",
        description = "Run the whole line in one process: broker, cameras, classifier, gateway, a belt, and the score.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class DemoCommand implements Callable<Integer> {
    private final StopSignal signal;

    @Spec
    private CommandSpec spec;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "30", description = "How long the cameras run.")
    private long seconds;

    @Option(names = "--lines", paramLabel = "N", defaultValue = "2", description = "How many lines there are.")
    private int lines;

    @Option(names = "--fps", paramLabel = "F", defaultValue = "10", description = "Frames a second of each line.")
    private double framesPerSecond;

    @Option(
            names = "--frames",
            paramLabel = "DIR",
            description = "A folder of labelled pictures, DIR/label/picture.jpg, instead of samples/belt.")
    private @Nullable Path frames;

    @Option(names = "--report", paramLabel = "FILE.json", description = "Write what the run came to as JSON.")
    private @Nullable Path report;

    @Option(names = "--no-console", description = "Do not serve the operator's page.")
    private boolean noConsole;

    DemoCommand(StopSignal signal) {
        this.signal = signal;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        // The embedded broker is ours: what it has to say of its start and end would only disturb the table.
        System.setProperty("org.slf4j.simpleLogger.log.kafka", "error");
        System.setProperty("org.slf4j.simpleLogger.log.org.apache.kafka", "error");
        System.setProperty("org.slf4j.simpleLogger.log.dev.sortline", "warn");
        // The cameras begin anew after the warm-up, which is told of any that does.
        System.setProperty("org.slf4j.simpleLogger.log.dev.sortline.stream.camera.CameraWatch", "error");
        // The gateway leaves its controller by reset, which the controller's library takes for an error.
        System.setProperty("org.slf4j.simpleLogger.log.com.digitalpetri.modbus.tcp.server", "off");
        Path samples = Path.of(System.getProperty("sortline.home", ".")).resolve("samples");
        LineFile file = LineFile.load(samples.resolve("line.yaml"));
        LinePlans plans = LinePlans.read(file);
        Line line = plans.lines().values().iterator().next();
        DemoLine.Settings settings;
        try {
            settings = new DemoLine.Settings(
                    frames == null ? samples.resolve("belt") : frames,
                    file.model(),
                    line,
                    file.gateway(),
                    lines,
                    framesPerSecond,
                    Duration.ofSeconds(seconds),
                    noConsole ? Optional.empty() : Optional.of(plans.console(file)));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.ofConfiguration(String.valueOf(e.getMessage()));
        }
        var display = new DemoDisplay(spec.commandLine().getOut(), Terminal.interactive());
        DemoReport outcome = run(settings, display);
        display.summarise(outcome);
        if (report != null) {
            write(outcome, report);
        }
        return 0;
    }

    private DemoReport run(DemoLine.Settings settings, DemoDisplay display) throws InterruptedException, IOException {
        try {
            return new DemoLine(settings, signal, display).run();
        } catch (ImageFolderException e) {
            throw CommandFailure.ofConfiguration(String.valueOf(e.getMessage()));
        } catch (CompletionException e) {
            if (e.getCause() instanceof ModelPackageException bad) {
                throw CommandFailure.ofConfiguration(String.valueOf(bad.getMessage()));
            }
            throw e;
        }
    }

    private static void write(DemoReport outcome, Path file) throws JsonProcessingException {
        String json = JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(outcome);
        try {
            Files.writeString(file, json + "\n");
        } catch (IOException e) {
            throw CommandFailure.whileRunning("cannot write the report to %s: %s".formatted(file, e), e);
        }
    }
}
