// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.image.ImageBounds;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.linefile.LineFile;
import dev.sortline.linefile.LinePlans;
import dev.sortline.linefile.PlanWatch;
import dev.sortline.process.CommandFailure;
import dev.sortline.process.Health;
import dev.sortline.process.ManagementServer;
import dev.sortline.process.ProcessMetrics;
import dev.sortline.process.StopSignal;
import dev.sortline.process.TopicSetup;
import dev.sortline.process.TopicUse;
import dev.sortline.stream.LineStream;
import dev.sortline.stream.StreamSettings;
import dev.sortline.stream.shadow.ShadowModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
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
        ModelPackage model = model(file);
        Optional<ModelPackage> shadowModel = file.shadow().map(ClassifyCommand::model);
        plans.checkLabels(model);
        // A cluster that is away is told at once, not after the seconds that opening the model takes.
        TopicSetup.prepare(
                file.kafka(),
                TopicUse.ofClassifier(
                        StreamSettings.applicationId(file.kafka()), file.lines().size()),
                !noCreateTopics);
        try (var metrics = new ProcessMetrics(file.kafka());
                var classifier = ImageClassifier.open(model, ImageBounds.DEFAULT, file.inference());
                // After the first one, which is tried without another beside it.
                var shadow = shadowModel
                        .map(second -> open(second, file.shadow().orElseThrow()))
                        .orElse(null);
                var stream = stream(settings(file, plans), classifier, Optional.ofNullable(shadow), metrics);
                var watch = PlanWatch.start(plans.watched(model), metrics.registry())) {
            run(file, stream, metrics);
        } catch (ModelPackageException e) {
            throw CommandFailure.ofConfiguration(config + ": " + e.getMessage());
        }
        return 0;
    }

    private ModelPackage model(LineFile file) {
        try {
            return ModelPackage.load(file.model());
        } catch (ModelPackageException e) {
            throw CommandFailure.ofConfiguration(config + ": " + e.getMessage());
        }
    }

    private static ModelPackage model(LineFile.Shadow shadow) {
        try {
            return ModelPackage.load(shadow.model());
        } catch (ModelPackageException e) {
            throw unusable(shadow, e);
        }
    }

    private static ImageClassifier open(ModelPackage second, LineFile.Shadow shadow) {
        try {
            return ImageClassifier.open(second, ImageBounds.DEFAULT, ShadowModel.INFERENCE);
        } catch (ModelPackageException e) {
            throw unusable(shadow, e);
        }
    }

    private static CommandFailure unusable(LineFile.Shadow shadow, ModelPackageException e) {
        return CommandFailure.ofConfiguration(shadow.place() + ": shadow: " + e.getMessage());
    }

    private static StreamSettings settings(LineFile file, LinePlans plans) {
        return new StreamSettings(
                file.kafka(),
                plans.lines(),
                file.cameraWatch(),
                file.reviews(),
                file.console().trialLine());
    }

    private static LineStream stream(
            StreamSettings settings,
            ImageClassifier classifier,
            Optional<ImageClassifier> shadow,
            ProcessMetrics metrics) {
        try {
            return new LineStream(settings, classifier, shadow, metrics.registry());
        } catch (KafkaException e) {
            throw CommandFailure.ofConfiguration(
                    "Kafka Streams refuses its properties: " + CommandFailure.rootReason(e));
        }
    }

    private void run(LineFile file, LineStream stream, ProcessMetrics metrics) throws InterruptedException {
        try (var management = file.http()
                .map(http -> ManagementServer.start(
                        http.addressOrDefault(), http.port(), metrics.registry(), new ClassifierHealth(stream)))
                .orElse(null)) {
            stream.start();
            LOG.info(
                    "Sorting lines {} with model {}{}{}",
                    file.lines().keySet(),
                    file.model().getFileName(),
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
    private record ClassifierHealth(LineStream stream) implements Health {
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
            return stream.cameraWarnings();
        }
    }
}
