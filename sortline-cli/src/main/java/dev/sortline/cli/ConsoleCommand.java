// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.console.ConsoleSettings;
import dev.sortline.console.OperatorConsole;
import dev.sortline.console.web.CannotServeException;
import dev.sortline.linefile.LineFile;
import dev.sortline.linefile.LinePlans;
import dev.sortline.linefile.PlanWatch;
import dev.sortline.models.SeenPackages;
import dev.sortline.process.CommandFailure;
import dev.sortline.process.Health;
import dev.sortline.process.ManagementServer;
import dev.sortline.process.ProcessMetrics;
import dev.sortline.process.StopSignal;
import dev.sortline.process.TopicSetup;
import dev.sortline.process.TopicUse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sortline console}: the operator's page, until it is told to stop. */
@Command(
        name = "console",
        description = "Serve the operator's page: try a photo, watch the lines, review unsure items, read the report.",
        mixinStandardHelpOptions = true)
final class ConsoleCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleCommand.class);

    private final StopSignal signal;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "line.yaml",
            description = "Describes cluster, model, lines, and the page itself under console.")
    private Path config;

    @Option(names = "--no-create-topics", description = "Leave the topics to an administrator: create none.")
    private boolean noCreateTopics;

    ConsoleCommand(StopSignal signal) {
        this.signal = signal;
    }

    @Override
    public Integer call() throws InterruptedException {
        LineFile file = LineFile.load(config);
        LinePlans plans = LinePlans.read(file);
        var packages = new SeenPackages();
        Function<String, ModelPackage> models = line -> model(packages, file.modelOf(line));
        plans.checkModel(models);
        ConsoleSettings settings = plans.console(file);
        TopicSetup.prepare(file.kafka(), TopicUse.ofConsole(file.lines().size()), !noCreateTopics);
        try (var metrics = new ProcessMetrics(file.kafka());
                var watch = PlanWatch.start(plans.watched(models, plans), metrics.registry());
                var console = OperatorConsole.start(settings, metrics.registry())) {
            run(file, console, metrics);
        } catch (CannotServeException e) {
            throw CommandFailure.ofConfiguration(config + ": " + e.getMessage());
        }
        return 0;
    }

    private void run(LineFile file, OperatorConsole console, ProcessMetrics metrics) throws InterruptedException {
        try (var management = file.http()
                .map(http -> ManagementServer.start(
                        http.addressOrDefault(), http.port(), metrics.registry(), new ConsoleHealth(console)))
                .orElse(null)) {
            LOG.info(
                    "The operator's page is at {}{}",
                    console.address(),
                    management == null ? "" : ", health and metrics on port " + management.port());
            signal.await();
            LOG.info("Stopping");
        }
    }

    /** How the page is, told at each request. */
    private record ConsoleHealth(OperatorConsole console) implements Health {
        @Override
        public List<String> deadlocks() {
            return List.of();
        }

        @Override
        public List<String> obstacles() {
            return console.reachable()
                    ? List.of()
                    : List.of("the cluster does not answer: pages show what was known before");
        }

        @Override
        public List<String> warnings() {
            return List.of();
        }
    }

    private ModelPackage model(SeenPackages packages, Path folder) {
        try {
            return packages.in(folder);
        } catch (ModelPackageException e) {
            throw CommandFailure.ofConfiguration(config + ": " + e.getMessage());
        }
    }
}
