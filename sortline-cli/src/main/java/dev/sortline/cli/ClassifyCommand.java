// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.linefile.LineFile;
import dev.sortline.linefile.LinePlans;
import dev.sortline.linefile.PlanWatch;
import dev.sortline.models.CheckedPackage;
import dev.sortline.models.ModelWatch;
import dev.sortline.models.OpenedModel;
import dev.sortline.models.WatchedModel;
import dev.sortline.process.CommandFailure;
import dev.sortline.process.Health;
import dev.sortline.process.ManagementServer;
import dev.sortline.process.ProcessMetrics;
import dev.sortline.process.ProcessTracing;
import dev.sortline.process.StopSignal;
import dev.sortline.process.TopicSetup;
import dev.sortline.process.TopicUse;
import dev.sortline.stream.LineStream;
import dev.sortline.stream.StreamSettings;
import dev.sortline.stream.model.LineModels;
import dev.sortline.stream.model.ModelInForce;
import dev.sortline.stream.shadow.ShadowModel;
import dev.sortline.tracing.FrameTracing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sortline classify}: frames in, routing events out, until it is told to stop. */
@Command(
        name = "classify",
        description = "Classify the frames of the lines and publish their routing events.",
        mixinStandardHelpOptions = true)
final class ClassifyCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ClassifyCommand.class);

    private final StopSignal signal;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "line.yaml",
            description = "Describes cluster, model, belts and lines, and names their plans.")
    private Path config;

    @Option(names = "--no-create-topics", description = "Leave the topics to an administrator: create none.")
    private boolean noCreateTopics;

    ClassifyCommand(StopSignal signal) {
        this.signal = signal;
    }

    @Override
    public Integer call() throws InterruptedException {
        LineFile file = LineFile.load(config);
        LinePlans plans = LinePlans.read(file);
        var packages = new Packages(
                read(file, config + ": ", file.model()),
                file.canary().map(canary -> read(file, canary.place() + ": canary: ", canary.model())),
                file.shadow().map(shadow -> read(file, shadow.place() + ": shadow: ", shadow.model())));
        plans.checkModel(line -> packages.of(line, file).model());
        // A cluster that is away is told at once, not after the seconds that opening the model takes.
        TopicSetup.prepare(
                file.kafka(),
                TopicUse.ofClassifier(
                        StreamSettings.applicationId(file.kafka()), file.lines().size()),
                !noCreateTopics);
        try (var metrics = new ProcessMetrics(file.kafka());
                var tracing = ProcessTracing.of("classify");
                var models = open(file, packages);
                // After the others, which are tried without it.
                var shadow = packages.shadow()
                        .map(second -> open(
                                second,
                                OpenedModel.measured(ShadowModel.INFERENCE),
                                file.shadow().orElseThrow().place() + ": shadow: "))
                        .orElse(null);
                // Closed after the stream, so that a model that is just being opened holds up no line that changes
                // hands.
                var modelWatch = ModelWatch.start(watched(file, plans, packages, models), metrics.registry());
                var stream = stream(settings(file, plans), models, Optional.ofNullable(shadow), metrics, tracing);
                var planWatch = PlanWatch.start(
                        plans.watched(line -> models.of(line).classifier().model(), models), metrics.registry())) {
            run(file, stream, modelWatch, metrics);
        }
        return 0;
    }

    /** The packages that the line file names, as they were read at the start. */
    private record Packages(CheckedPackage main, Optional<CheckedPackage> canary, Optional<CheckedPackage> shadow) {
        /** The one that decides a line. */
        CheckedPackage of(String line, LineFile file) {
            return canary.filter(there -> isCanary(line, file)).orElse(main);
        }
    }

    private static boolean isCanary(String line, LineFile file) {
        return file.canary().filter(canary -> canary.lines().contains(line)).isPresent();
    }

    private static CheckedPackage read(LineFile file, String place, Path folder) {
        try {
            return CheckedPackage.read(folder, file.signatures().trusted());
        } catch (ModelPackageException e) {
            throw CommandFailure.ofConfiguration(place + e.getMessage());
        }
    }

    private static ImageClassifier open(CheckedPackage checked, OpenedModel.Opening opening, String place) {
        try {
            return OpenedModel.of(checked, opening);
        } catch (ModelPackageException e) {
            throw CommandFailure.ofConfiguration(place + e.getMessage());
        }
    }

    /** The model, and the canary beside it, which is run in the same way. */
    private LineModels open(LineFile file, Packages packages) {
        var main = new ModelInForce(open(packages.main(), OpenedModel.measured(file.inference()), config + ": "));
        if (packages.canary().isEmpty()) {
            return LineModels.of(main);
        }
        try {
            var canary = file.canary().orElseThrow();
            var opening = OpenedModel.like(main.classifier().tuning(), file.inference());
            var other = open(packages.canary().get(), opening, canary.place() + ": canary: ");
            return LineModels.of(main).withCanary(new ModelInForce(other), canary.lines());
        } catch (CommandFailure e) {
            main.close();
            throw e;
        }
    }

    private static List<WatchedModel> watched(LineFile file, LinePlans plans, Packages packages, LineModels models) {
        var opening = OpenedModel.like(
                models.all().findFirst().orElseThrow().classifier().tuning(), file.inference());
        var trusted = file.signatures().trusted();
        List<WatchedModel> watched = new ArrayList<>();
        models.all().forEach(model -> {
            boolean main = watched.isEmpty();
            var lines = plans.lines().values().stream()
                    .filter(line -> models.of(line.id()) == model)
                    .toList();
            watched.add(new WatchedModel(
                    main ? "main" : "canary",
                    main ? file.model() : file.canary().orElseThrow().model(),
                    main
                            ? packages.main().digest()
                            : packages.canary().orElseThrow().digest(),
                    model,
                    lines,
                    opening,
                    trusted,
                    models));
        });
        return watched;
    }

    private static StreamSettings settings(LineFile file, LinePlans plans) {
        return new StreamSettings(
                file.kafka(),
                plans.lines(),
                file.cameraWatch(),
                file.emptyGate(),
                file.reviews(),
                file.console().trialLine());
    }

    private static LineStream stream(
            StreamSettings settings,
            LineModels models,
            Optional<ImageClassifier> shadow,
            ProcessMetrics metrics,
            FrameTracing tracing) {
        try {
            return new LineStream(settings, models, shadow, metrics.registry(), tracing);
        } catch (KafkaException e) {
            throw CommandFailure.ofConfiguration(
                    "Kafka Streams refuses its properties: " + CommandFailure.rootReason(e));
        }
    }

    private void run(LineFile file, LineStream stream, ModelWatch watch, ProcessMetrics metrics)
            throws InterruptedException {
        try (var management = file.http()
                .map(http -> ManagementServer.start(
                        http.addressOrDefault(), http.port(), metrics.registry(), new ClassifierHealth(stream, watch)))
                .orElse(null)) {
            stream.start();
            LOG.info(
                    "Sorting lines {} with model {}{}{}{}",
                    file.lines().keySet(),
                    file.model().getFileName(),
                    file.canary()
                            .map(canary -> ", canary " + canary.model().getFileName() + " decides " + canary.lines())
                            .orElse(""),
                    file.shadow()
                            .map(shadow -> ", model " + shadow.model().getFileName() + " looks on")
                            .orElse(""),
                    management == null ? "" : ", health and metrics on port " + management.port());
            var unused = stream.end().whenComplete((done, failure) -> signal.request());
            signal.await();
            if (stream.end().isCompletedExceptionally()) {
                stream.end().join();
            }
            LOG.info("Stopping");
        } catch (CompletionException e) {
            throw CommandFailure.whileRunning("the stream has stopped: " + e.getCause(), e);
        }
    }

    /** How the classifier is, told at each request. */
    private record ClassifierHealth(LineStream stream, ModelWatch watch) implements Health {
        @Override
        public List<String> deadlocks() {
            return stream.deadlocks();
        }

        @Override
        public List<String> obstacles() {
            return stream.ready() ? List.of() : List.of("no frames are taken: lines are changing hands");
        }

        @Override
        public List<String> warnings() {
            return Stream.concat(stream.cameraWarnings().stream(), watch.warnings().stream())
                    .toList();
        }
    }
}
